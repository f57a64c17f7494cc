"""The mails of the scene: one of each sort, as HTML to be looked at, and the links in them."""

from django.template.loader import render_to_string
from django.utils import timezone

from forum.choices import MailKind
from forum.effects.mail_writers import write
from forum.models import Event, Mail, MailFollow
from tests.support.letters import mail_of, tell


def mails_of(people, posts):
    """Return the mails by name, and the tokens of two of them and of what somebody follows by mail."""
    reader, main, answer = people["two"], posts["main"], posts["answer"]
    about = mail_of(tell(reader, "new_answer", answer))
    digest = mail_of(
        *(tell(reader, "new_question", posts[name]) for name in ("main", "noted", "hebrew", "long", "anonymous")),
        tell(reader, "message", subject="conversation:1"),
        tell(reader, "points", points=1_000),
        kind=MailKind.DIGEST,
    )
    asked, following = (
        MailFollow.objects.create(question=main, email=f"{name}@example.org", confirmed_at=confirmed)
        for name, confirmed in (("asked", None), ("following", timezone.now()))
    )
    confirm = Mail.objects.create(key="confirm:0:scene", kind=MailKind.FOLLOW, mail_follow=asked, address=asked.email)
    event = Event.objects.filter(post=answer, verb="answer.posted").first()
    followed = Mail.objects.create(
        key="scene:follow", kind=MailKind.FOLLOW, mail_follow=following, address=following.email, event=event
    )
    letters = {"about": about, "digest": digest, "confirm": confirm, "followed": followed}
    code = {"subject": "Your code", "site_name": "Mindwellnessforum", "code": "ABCD-EFGH"}
    paragraphs = ["Hello,", "ABCD-EFGH", "Choose a new one here: http://127.0.0.1/accounts/", "Mindwellnessforum"]
    account = render_to_string("account/email/mail.html", {**code, "paragraphs": paragraphs})
    return {
        "html": {name: write(mail).html for name, mail in letters.items()} | {"account": account},
        "tokens": {"about": str(about.token), "asked": str(asked.token), "following": str(following.token)},
    }
