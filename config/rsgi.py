"""What granian loads in each of its processes: `config.rsgi:application`."""

import os
import signal

from config.buffering import BufferedApplication
from config.children import tie_to
from config.env import env_int
from config.wsgi import application as django_application

# The process ends with the one that started it, also when that is killed. Until it serves it may be ended at once: the
# handler it was given with everything else would note the signal where nobody looks.
tie_to(os.getppid(), signal.SIGKILL)()
signal.signal(signal.SIGTERM, signal.SIG_DFL)

application = BufferedApplication(django_application, env_int("THREADS", 2, least=1, most=64))
