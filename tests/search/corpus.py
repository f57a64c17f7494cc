"""A small community to search in: every text is there for a query of `test_first_results.py`."""

from forum.actions import answering, bookmarking
from forum.choices import Audience, Intent
from forum.models import Post
from tests.factories import make_answer, make_category, make_comment, make_member, make_question, make_synonym, make_tag

# key: title, body, tags, topic, days ago, votes, more
QUESTIONS = {
    "races": (
        "How do I fall asleep when my mind races?",
        "I lie awake with anxiety until three.",
        "insomnia",
        "Sleep",
        40,
        6,
        {},
    ),
    "waking": (
        "Waking up at four every morning",
        "Then I can't sleep any more. Coffee?",
        "insomnia",
        "Sleep",
        20,
        2,
        {},
    ),
    "nightmares": ("Nightmares after the accident", "The same dream, again and again.", "trauma", "Sleep", 400, 1, {}),
    "panic": (
        "Panic attacks on the train",
        "My heart beats so fast that I think I die.",
        "panic anxiety",
        "Anxiety",
        30,
        9,
        {"intent": Intent.ADVICE},
    ),
    "social": (
        "Social anxiety at parties: what do you say first?",
        "I stand beside the wall.",
        "anxiety",
        "Anxiety",
        10,
        4,
        {"intent": Intent.ADVICE},
    ),
    "heartbeat": (
        "Is a fast heartbeat dangerous?",
        "It comes with panic, my doctor says I am fine.",
        "panic",
        "Anxiety",
        300,
        0,
        {"intent": Intent.INFORMATION},
    ),
    "exam": ("Exam tomorrow and I cannot breathe", "Any quick help?", "anxiety", "Anxiety", 2, 0, {}),
    "mother": (
        "My mother reads my diary",
        "I am seventeen. How do I talk to her about boundaries?",
        "boundaries",
        "Family",
        15,
        3,
        {"intent": Intent.LISTENING},
    ),
    "sister": (
        "My sister's wedding and our father's new wife",
        "Everybody expects me to smile.",
        "step-family",
        "Family",
        60,
        2,
        {},
    ),
    "brother": ("Brother stopped talking to me", "Since the funeral he has not called.", "grief", "Family", 90, 1, {}),
    "dog": (
        "Grieving a dog like a person 🐶",
        "People laugh about it. Is that normal?",
        "grief",
        "Loss",
        12,
        7,
        {"intent": Intent.LISTENING},
    ),
    "widow": (
        "Two years a widower and still setting the table for two",
        "Friends say I should move on.",
        "grief",
        "Loss",
        700,
        5,
        {"intent": Intent.LISTENING},
    ),
    "funeral": ("What do you say at a funeral?", "A colleague lost her husband.", "grief", "Loss", 500, 0, {}),
    "burnout": (
        "Burnt out after one year of nursing",
        "I cry in the car before each shift.",
        "burnout",
        "Work",
        25,
        8,
        {},
    ),
    "boss": ("My boss shouts", "Should I quit, or talk to somebody first?", "boundaries", "Work", 5, 1, {}),
    "remote": ("Working from home makes me lonely", "I speak to nobody for days.", "loneliness", "Work", 200, 3, {}),
    "therapist": (
        "How to find a therapist who takes new clients?",
        "Waiting lists are a year long.",
        "first-session",
        "Therapy",
        33,
        11,
        {"intent": Intent.INFORMATION},
    ),
    "cbt": (
        "Did CBT help with intrusive thoughts?",
        "Cognitive behavioural therapy is what they offer.",
        "first-session",
        "Therapy",
        80,
        4,
        {},
    ),
    "pills": (
        "Coming off sleeping pills",
        "Zopiclone for two years. Has anyone tapered?",
        "medicines",
        "Therapy",
        55,
        2,
        {},
    ),
    "cafe": ("Crying in a café", "Zu viel. Über alles traurig.", "low-mood", "Mood", 8, 0, {}),
    "numb": ("I feel nothing", "Not sad, not happy. Just numb.", "low-mood", "Mood", 100, 5, {}),
    "russian": ("Почему я не сплю по ночам", "Мысли не дают покоя.", "insomnia", "Sleep", 14, 0, {}),
    "chinese": ("為什麼我總是焦慮", "晚上睡眠不好。", "anxiety", "Anxiety", 13, 0, {}),
    "arabic": ("لماذا أشعر بالوحدة", "لا أحد يسأل عني.", "loneliness", "Mood", 11, 0, {}),
    "picture": ("A drawing of how it feels", "![a grey sea](/media/sea.webp)", "low-mood", "Mood", 6, 1, {}),
    "members": (
        "Only for members: my affair",
        "Please do not quote.",
        "breakup",
        "Relations",
        9,
        0,
        {"audience": Audience.MEMBERS},
    ),
    "breakup": (
        "How long does a breakup hurt?",
        "Six weeks, and every song is about her.",
        "breakup",
        "Relations",
        45,
        12,
        {},
    ),
    "texting": ("Stop texting my ex", "I wrote forty messages last night.", "breakup", "Relations", 44, 2, {}),
    "jealous": ("Jealousy without a reason", "He has done nothing wrong.", "trust", "Relations", 150, 1, {}),
}
# below which question, body, votes, whether it was accepted
ANSWERS = {
    "races-answer": ("races", "Magnesium did nothing for me. Writing worries down before bed did.", 14, True),
    "waking-answer": ("waking", "Less wine. It took two weeks until I slept through.", 3, False),
    "panic-answer": ("panic", "Hold something cold, an ice cube. Breathe out longer than in.", 10, True),
    "panic-other": ("panic", "Lorazepam, but only for a short time.", -2, False),
    "mother-answer": ("mother", "Lock it away, and tell her calmly why.", 2, False),
    "dog-answer": ("dog", "Mourning has no size. I lit a candle for my cat.", 5, True),
    "burnout-answer": ("burnout", "See your GP for sick leave first; the union helped me with the rest.", 6, True),
    "therapist-answer": ("therapist", "Ask for a first session at the university clinic.", 4, False),
    "breakup-answer": ("breakup", "Half as long as it lasted, they say. Block the number, see friends.", 9, True),
    "remote-answer": ("remote", "A choir on Tuesdays saved me.", 2, False),
}
COMMENTS = {
    "races-comment": ("races-answer", "Valerian tea for me."),
    "boss-comment": ("boss", "Write down dates and words; ombudsman next."),
}


def load(ann, bob):
    """Ask, answer and comment; return what each key became."""
    make_synonym("sleeplessness", make_tag("insomnia"))
    posts = {}
    for key, (title, body, tags, topic, days, votes, more) in QUESTIONS.items():
        author = ann if key in {"races", "mother"} else make_member()
        posts[key] = make_question(
            author, title=title, body=body, tags=tags.split(), category=_topic(topic), days_ago=days, **more
        )
        _vote(posts[key], votes)
    for key, (about, body, votes, is_accepted) in ANSWERS.items():
        question = posts[about]
        posts[key] = make_answer(question, bob if key in {"races-answer", "panic-answer"} else None, body=body)
        _vote(posts[key], votes)
        if is_accepted:
            answering.accept_answer(question.author, posts[key])
    for key, (about, body) in COMMENTS.items():
        posts[key] = make_comment(posts[about], body=body)
    bookmarking.bookmark_post(ann, posts["therapist"])
    return posts


def _topic(name):
    return Post.category.field.related_model.objects.filter(name=name).first() or make_category(name)


def _vote(post, votes):
    up, down = max(votes, 0), max(-votes, 0)
    Post.objects.filter(pk=post.pk).update(up_count=up, down_count=down, score=votes)
