"""What mails about happenings say: one text for each kind, and nothing that their reader must not know."""

import pytest
from django.utils import timezone

from forum.actions import closing, moderating
from forum.choices import FollowMode, MailKind
from forum.effects.mail_writers import write
from forum.models import Bundle, Conversation, Follow, Message, Notification, NotificationChoice, Post, Preferences
from tests.factories import make_answer, make_category, make_comment, make_note, make_question
from tests.support.letters import faults_of_mail, letter_about, links_of, mail_of, tell

pytestmark = pytest.mark.django_db

NEUTRAL = {
    "answered": "You have a new answer",
    "commented": "You have a new comment",
    "mentioned": "You were mentioned",
    "new_answer": "There is a new answer",
    "new_question": "There is a new post",
    "accepted": "Your answer was marked as best",
}
NEUTRAL_OF_ALL = NEUTRAL | {
    "replied": "You have a new comment",
    "voted": "Your post helped",
    "edited": "Your post was edited",
    "suggested": "An edit was suggested",
    "decided": "Your suggestion was decided",
    "closed": "Your question was closed",
    "reopened": "Your question was reopened",
}


@pytest.fixture
def open_subjects(ann):
    """Ann wants the question in the subject of her emails."""
    Preferences.objects.update_or_create(member=ann, defaults={"shows_titles": True})


@pytest.fixture
def answer(question, bob):
    return make_answer(question, bob, body="Warm milk, *every* night.")


def test_a_mail_about_an_answer_reads_well_as_text(ann, answer, settings):
    mail = mail_of(tell(ann, "answered", answer))

    letter = write(mail)

    site = settings.SITE_URL
    assert letter.subject == "You have a new answer"
    assert letter.text == (
        "bob answered your question How do I sleep better?\n"
        "\n"
        "> Warm milk, every night.\n"
        "\n"
        "Read the answer:\n"
        f"{site}/{answer.pk}/\n"
        "\n"
        "Not safe right now? These help lines can help:\n"
        f"{site}/help/crisis/\n"
        "\n"
        "—\n"
        "Mindwellnessforum\n"
        "You chose emails right away for “Someone answers your question”.\n"
        f"Choose which emails you get: {site}/settings/notifications/\n"
        f"Stop these emails: {site}/mail/stop/{mail.token}/\n"
    )
    assert (letter.thread_id, letter.stop_path) == (answer.question_id, f"/mail/stop/{mail.token}/")


SAID = [
    ("answered", "answer", {}, "bob answered your question “How do I sleep better?”"),
    ("new_answer", "answer", {}, "bob answered a question you follow “How do I sleep better?”"),
    ("commented", "comment", {}, "bob commented on your question “How do I sleep better?”"),
    ("replied", "comment", {}, "bob replied below your comment – “How do I sleep better?”"),
    ("mentioned", "answer", {}, "bob mentioned you in an answer – “How do I sleep better?”"),
    ("accepted", "answer", {}, "Your answer was marked as best – “How do I sleep better?”"),
    ("voted", "answer", {"ups": 5}, "Your answer helped. 5 people marked it as helpful – How do I sleep better?"),
    ("edited", "question", {}, "bob edited your question “How do I sleep better?”"),
    (
        "suggested",
        "question",
        {"suggestion": 3},
        "bob suggested an edit to your question “How do I sleep better?”",
    ),
    ("decided", "answer", {}, "The edit you suggested was approved. Thank you – “How do I sleep better?”"),
    ("closed", "question", {}, "Your question “How do I sleep better?” was closed: Needs a pause"),
    ("reopened", "question", {}, "Your question was reopened – “How do I sleep better?”"),
    ("reported", "", {}, "Moderators have looked at your report. Thank you."),
    ("message", "", {}, "The moderators wrote to you"),
    ("points", "", {"points": 1000}, "You reached 1,000 points. Thank you for being there for people here."),
    ("new_question", "asked", {}, "bob asked “How do I sleep better?”"),
]


@pytest.fixture
def posts(bob, question, answer):
    """The posts that the kinds are about, by name."""
    Post.objects.filter(pk=question.pk).update(edited_by=bob)
    asked = make_question(bob, title="How do I sleep better?")
    about = {"answer": answer, "comment": make_comment(question, bob), "question": question, "asked": asked}
    return {"": None} | {name: Post.objects.get(pk=post.pk) for name, post in about.items()}


@pytest.mark.usefixtures("open_subjects")
@pytest.mark.parametrize("kind, about, data, subject", SAID)
def test_each_kind_has_its_sentence(kind, about, data, subject, posts, request):
    ann, bob, mo = (request.getfixturevalue(name) for name in ("ann", "bob", "mo"))
    if kind == "closed":
        closing.close_question(mo, posts["question"], reason="heated")

    letter = letter_about(tell(ann, kind, posts[about], actor=bob, **data))

    assert letter.subject == subject
    assert letter.text.startswith(subject.replace("“", "").replace("”", "") + "\n")
    assert faults_of_mail(letter) == []


def test_several_of_one_line_are_told_in_one(ann, bob, question, open_subjects):
    told = [tell(ann, "answered", make_answer(question, bob, body=f"Tea, number {n}.")) for n in range(3)]

    letter = letter_about(*told)

    assert letter.subject == "3 new answers to your question “How do I sleep better?”"
    assert "Read the answers:" in letter.text


@pytest.mark.parametrize("kind, about, data, subject", [row for row in SAID if "How do I sleep" in row[3]])
def test_a_subject_names_no_question_and_nobody_until_its_reader_wants_that(kind, about, data, subject, posts, request):
    ann, bob, mo = (request.getfixturevalue(name) for name in ("ann", "bob", "mo"))
    if kind == "closed":
        closing.close_question(mo, posts["question"], reason="heated")

    letter = letter_about(tell(ann, kind, posts[about], actor=bob, **data))

    assert letter.subject == NEUTRAL_OF_ALL[kind]
    assert "Open it when it suits you." in letter.html
    assert letter.text.startswith(subject.replace("“", "").replace("”", "") + "\n")


@pytest.mark.parametrize("kind", sorted(NEUTRAL))
def test_about_a_sensitive_topic_nothing_of_the_subject_is_said(kind, ann, bob, settings):
    below = make_category("Relapse", parent=make_category("Self-harm", is_sensitive=True))
    question = make_question(ann, title="I cannot stop hurting myself", category=below, body="Every evening.")
    post = make_answer(question, bob, body="Walking helps.") if kind != "new_question" else question

    letter = letter_about(tell(ann, kind, post))

    said = f"{letter.subject} {letter.text} {letter.html}".lower()
    assert letter.subject == NEUTRAL[kind]
    assert [word for word in ("hurting", "walking", "self-harm", "relapse", "evening") if word in said] == []
    assert f"{settings.SITE_URL}/{post.pk}/" in letter.text


@pytest.mark.parametrize("noted", ["question", "answer"])
def test_what_carries_a_content_note_is_not_told(noted, ann, question, answer):
    {"question": question, "answer": answer}[noted].notes.add(make_note())

    letter = letter_about(tell(ann, "answered", answer))

    assert letter.subject == "You have a new answer"
    assert "sleep" not in letter.html.lower() + letter.text.lower()
    assert "milk" not in letter.html + letter.text


def test_a_text_that_is_being_looked_at_is_not_quoted(ann, answer, open_subjects):
    Post.objects.filter(pk=answer.pk).update(is_being_checked=True)

    letter = letter_about(tell(ann, "answered", answer))

    assert letter.subject == "bob answered your question “How do I sleep better?”"
    assert "milk" not in letter.html + letter.text


@pytest.mark.parametrize("kind", ["answered", "new_answer", "mentioned"])
def test_nothing_names_the_account_behind_an_anonymous_post(kind, ann, bob, question, open_subjects):
    answer = make_answer(question, bob, is_anonymous=True)

    letter = letter_about(tell(ann, kind, answer, actor=bob))

    assert letter.subject.startswith("Anonymous ")
    assert "bob" not in f"{letter.subject}{letter.text}{letter.html}{letter.headers}"


def test_beside_an_anonymous_author_no_editor_is_named(ann, bob, open_subjects):
    question = make_question(ann, title="How do I sleep better?", is_anonymous=True)
    Post.objects.filter(pk=question.pk).update(edited_by=bob)

    letter = letter_about(tell(ann, "edited", Post.objects.get(pk=question.pk), actor=bob))

    assert letter.subject == "Someone edited your question “How do I sleep better?”"
    assert "ann" not in letter.html.replace("channel", "")


def _read(told, mo):
    Bundle.objects.update(read_at=timezone.now())


def _withdrawn(told, mo):
    Notification.objects.update(withdrawn_at=timezone.now())


def _hidden(told, mo):
    moderating.hide_post(mo, told.post)


def _muted(told, mo):
    Follow.objects.filter(member=told.recipient, question=told.post.question).update(mode=FollowMode.MUTED)


def _unwanted(told, mo):
    NotificationChoice.objects.create(member=told.recipient, kind="answered", mail="never")


def _closed(told, mo):
    type(told.recipient).objects.update(closed_at=timezone.now())


@pytest.mark.parametrize("since", [_read, _withdrawn, _hidden, _muted, _unwanted, _closed])
def test_there_is_nothing_to_say_any_more(since, ann, mo, answer):
    told = tell(ann, "answered", answer)
    mail = mail_of(told)
    since(told, mo)
    mail.refresh_from_db()
    mail.member.refresh_from_db()

    assert write(mail) is None


def test_a_moderator_gets_no_mail_about_what_is_hidden(mo, ada, sleep, bob):
    answer = make_answer(make_question(mo, category=sleep), bob)
    mail = mail_of(tell(mo, "answered", answer))
    moderating.hide_post(ada, answer)

    assert write(mail) is None


def test_a_message_that_was_read_is_not_told(ann):
    spoken = Conversation.objects.create(member=ann)
    message = Message.objects.create(conversation=spoken, is_from_team=True, text="Hello.")
    mail = mail_of(tell(ann, "message", subject=f"conversation:{spoken.pk}", message=message.pk))

    before = write(mail)
    Message.objects.update(read_at=timezone.now())

    assert f"/messages/{spoken.pk}/" in before.text
    assert write(mail) is None


def test_an_account_mail_is_not_written_here(ann, answer):
    assert write(mail_of(tell(ann, "answered", answer), kind=MailKind.ACCOUNT)) is None


def test_a_title_can_write_neither_head_nor_html(ann, bob, question, open_subjects):
    Post.objects.filter(pk=question.pk).update(title="<b>Hi</b>\r\nBcc: all@example.org")
    answer = make_answer(Post.objects.get(pk=question.pk), bob, body="`<img src=x>` helps")

    letter = letter_about(tell(ann, "answered", answer))

    assert letter.subject == "bob answered your question “<b>Hi</b> Bcc: all@example.org”"
    assert "<b>" not in letter.html
    assert "<img" not in letter.html


@pytest.mark.parametrize("kind, about", [(kind, about) for kind, about, _, _ in SAID])
def test_the_links_of_mails_work(kind, about, posts, ann, signed_in, settings):
    letter = letter_about(tell(ann, kind, posts[about]))

    in_text, in_html = links_of(letter, settings.SITE_URL)

    browser = signed_in(ann)
    assert sorted(set(in_text)) == sorted(set(in_html))
    assert {path: browser.get(path, follow=True).status_code for path in in_text} == dict.fromkeys(in_text, 200)


def test_the_link_leads_to_the_anchor(ann, answer, signed_in, settings):
    (path, *_), _ = links_of(letter_about(tell(ann, "answered", answer)), settings.SITE_URL)

    assert signed_in(ann).get(path)["Location"].endswith(f"#a{answer.pk}")


def test_a_mail_asks_nothing_of_anybody_elses_host(ann, answer, settings):
    html = letter_about(tell(ann, "answered", answer)).html

    assert [word for word in ("<img", "<link", "<script", "url(", "@import", "src=") if word in html] == []
    assert html.count("http") == html.count(settings.SITE_URL)
    assert '<meta name="color-scheme" content="light dark">' in html
