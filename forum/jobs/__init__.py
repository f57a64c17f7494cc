"""What is done outside of requests: the worker, what becomes of its jobs, and the chores that the clock asks for."""
