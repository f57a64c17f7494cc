"""Every page of the site, each with who looks at it, how they get there and which answer they get."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.e2e.steps import (
    broken,
    go,
    press,
    reset_code,
    second_step,
    send,
    send_without_token,
    too_often,
    unfold,
)
from tests.support.scene import PASSWORD


@dataclass(frozen=True)
class Look:
    """One look at one page; `path` may name posts of the scene, as in `/posts/{main[id]}/edit/`."""

    name: str
    path: str
    who: str = "guest"
    status: int = 200
    step: Callable[..., Any] = go
    covers: bool = False  # something open lies over part of the page until it is closed


TABLES = (
    *("post", "flag", "category", "tag", "contentnote", "page", "helpline", "event", "revision", "reputationchange"),
    *("block", "watchedword", "flagreason", "closereason"),
    *("case", "appeal", "suggestion", "logentry", "suspension", "measure", "closure", "reversal"),
)
QUESTION = "{main[path]}"
TYPED = {"title": "A title that is long enough", "body": "Some *words*."}

LISTS = [
    Look("home", "/"),
    Look("home of a member", "/", "ann"),
    *(
        Look(f"questions by {sort}", f"/questions/?sort={sort}")
        for sort in "newest active votes hot unanswered".split()
    ),
    Look("unanswered", "/unanswered/"),
    Look("hot", "/hot/", "ann"),
    Look("activity", "/activity/"),
    Look("topics", "/categories/"),
    Look("tags", "/tags/"),
    Look("tags by name", "/tags/?sort=name"),
    Look("tags, none found", "/tags/?q=zzzz"),
    Look("tags of a member", "/tags/", "ann"),
    Look("tag", "/tag/sleep/"),
    Look("tag, for a member", "/tag/sleep/", "ann"),
    Look("tag, for a moderator, its guide open", "/tag/sleep/", "mo", step=unfold(".tag-guide > summary")),
    Look("guide to a tag", "/tags/{tag[id]}/edit/", "ann"),
    Look("guide to a tag, with mistakes", "/tags/{tag[id]}/edit/", "ann", 422, send(guide="x" * 6_000)),
    Look("guide to a tag, changed since", "/tags/{tag[id]}/edit/", "ann", 422, send(guide="x", base_version="1")),
    Look("guide to a tag, preview", "/tags/{tag[id]}/edit/", "ann", step=send(guide="Some *words*.", action="preview")),
    Look("history of a tag", "/tags/{tag[id]}/history/?view=side"),
    Look("bring a guide back", "/tags/{tag[id]}/history/1/roll-back/", "ann"),
    Look("other names of a tag", "/tags/{tag[id]}/synonyms/"),
    Look("other names of a tag, refused", "/tags/{tag[id]}/synonyms/", "ann", 422, send(name="sleep")),
    Look("other names of a tag, for a moderator", "/tags/{tag[id]}/synonyms/", "mo", step=unfold(".names summary")),
    Look("names that wait", "/tags/synonyms/", "mo", step=unfold(".names summary")),
    Look("change a tag", "/tags/{tag[id]}/manage/?target=boundaries", "mo"),
    Look("change a tag, refused", "/tags/{tag[id]}/rename/", "mo", 422, send(name="", reason="")),
    Look("tag in Hebrew", "/tag/שינה/"),
    Look("people", "/users/"),
    Look("people, newest", "/users/?sort=newest"),
    Look("people, none found", "/users/?q=zzzz"),
    Look("search", "/search/"),
    Look("search, results", "/search/?q=sleep"),
    Look("search, none found", "/search/?q=xylophone"),
    Look("search, no word", "/search/?q=%3F%3F"),
]
PEOPLE = [
    Look("member", "/user/Bob%20Stone/"),
    Look("member, questions", "/user/Bob%20Stone/questions/"),
    Look("member, answers", "/user/Bob%20Stone/answers/"),
    Look("member, activity", "/user/Bob%20Stone/activity/"),
    Look("member with nothing", "/user/Nobody%20Yet/"),
    Look("member with no answers", "/user/Nobody%20Yet/answers/"),
    Look("oneself", "/user/Ann%20Rivers/", "ann"),
    Look("one's points", "/user/Ann%20Rivers/points/", "ann"),
    Look("member, for a moderator", "/user/Bob%20Stone/", "mo"),
]
LOG = [
    Look("how moderation works", "/moderation/log/"),
    Look("what the team did", "/moderation/acts/", "mo"),
    Look("what the team did to posts", "/moderation/acts/?kind=posts", "mo"),
    Look("what the team did, none", "/moderation/acts/?kind=appeals", "mo"),
    Look("what the team did, for a member", "/moderation/acts/", "ann", 403),
]
QUESTIONS = [
    Look("question", QUESTION),
    Look("question, for its author", QUESTION, "ann"),
    Look("question, for a member", QUESTION, "bob"),
    Look("question, for a newcomer", QUESTION, "newt"),
    Look("question, for a moderator", QUESTION, "mo"),
    Look("question, for a suspended member", QUESTION, "sorry"),
    Look("question, comment form", QUESTION + "?comment={answer[id]}", "bob"),
    Look("question, comment form of a guest", QUESTION + "?comment={main[id]}"),
    Look("question, menu open", QUESTION, "ann", step=unfold(".acts details.menu:visible > summary"), covers=True),
    Look("question, account menu open", QUESTION, "ann", step=unfold(".site-head details.menu > summary"), covers=True),
    Look("content note", "{noted[path]}"),
    Look("content note open", "{noted[path]}", step=unfold("details.note > summary")),
    Look("question being checked", "{checked[path]}", "ann"),
    Look("closed question", "{closed[path]}"),
    Look("closed question, for a moderator", "{closed[path]}", "mo"),
    Look("question without a body", "{bare[path]}", "bob"),
    Look("hidden question, for its author", "{hidden[path]}", "newt"),
    Look("hidden question, for a moderator", "{hidden[path]}", "mo"),
    Look("waiting question, for its author", "{waiting[path]}", "author"),
    Look("question taken back, for its author", "{withdrawn[path]}", "ann"),
    Look("question for members", "{members[path]}", "ann"),
    Look("anonymous question", "{anonymous[path]}", "ann"),
    Look("question in Hebrew", "{hebrew[path]}", "bob"),
    Look("question of one long word", "{long[path]}"),
    Look("seeded question", "/1/"),
    Look("vote to close", "/posts/{main[id]}/vote-to-close/", "bob"),
    Look("acts on a question", "/posts/{main[id]}/moderate/", "mo"),
    Look("acts on a closed question", "/posts/{closed[id]}/moderate/", "mo"),
    Look("acts on a hidden question", "/posts/{hidden[id]}/moderate/", "mo"),
    Look("acts on an answer, one open", "/posts/{answer[id]}/moderate/", "mo", step=unfold(".acts-group summary")),
    Look("acts, something missing", "/posts/{main[id]}/close/", "mo", 422, step=send(reply="Thank you for asking.")),
]
WRITING = [
    Look("ask", "/ask/"),
    Look("ask, with a draft", "/ask/", "ann"),
    Look("ask, with mistakes", "/ask/", status=422, step=press("Post question")),
    Look("ask, member's mistakes", "/ask/", "bob", 422, step=press("Post question")),
    Look("ask, preview", "/ask/", step=send(action="preview", **TYPED)),
    Look("ask, follow-up", "/ask/?follow={answer[id]}", "bob"),
    Look("answer with mistakes", "/posts/{noted[id]}/answer/", "bob", 422, send(body="")),
    Look("answer, preview", "/posts/{noted[id]}/answer/", "bob", step=send(body="Some *words*.", action="preview")),
    Look("answer to a closed question", "/posts/{closed[id]}/answer/", "bob", 403, send(body="Too late, it seems.")),
    Look("comment with mistakes", "/posts/{noted[id]}/comment/", "bob", 422, send(body="")),
    Look("answer to what is gone", "/posts/{hidden[id]}/answer/", "bob", 404, send(body="Where did it go?")),
    Look("edit a question", "/posts/{anonymous[id]}/edit/", "ann"),
    Look("topic and tags", "/posts/{main[id]}/retag/", "ann"),
    Look("edit, with a draft", "/posts/{main[id]}/edit/", "ann"),
    Look("edit an answer", "/posts/{answer[id]}/edit/", "bob"),
    Look("edit as a guest", "/posts/{guests[id]}/edit/", "author"),
    Look("edit, with mistakes", "/posts/{guests[id]}/edit/", "author", 422, send(title="", body="x")),
    Look("history of a question", "/posts/{long[id]}/revisions/"),
    Look("history, side by side", "/posts/{noted[id]}/revisions/?view=side", "mo"),
    Look("history, for its author", "/posts/{long[id]}/revisions/", "newt"),
    Look("bring a text back", "/posts/{noted[id]}/revisions/1/roll-back/", "mo"),
    Look("bring a text back, with mistakes", "/posts/{noted[id]}/revisions/1/roll-back/", "mo", 422, send(reason="")),
    Look("suggest an edit", "/posts/{guests[id]}/suggest/", "newt"),
    Look("suggest an edit, as a guest", "/posts/{main[id]}/suggest/"),
    Look("suggest an edit, with mistakes", "/posts/{guests[id]}/suggest/", "newt", 422, send(reason="", body="x")),
    Look("suggested edits", "/suggestions/", "newt"),
    Look("suggested edits, none", "/suggestions/"),
    Look("suggested edits, for an author", "/suggestions/", "ann"),
    Look("a suggested edit, for its maker", "/suggestions/1/", "newt"),
    Look("a suggested edit, to decide", "/suggestions/1/", "ann"),
    Look("a suggested edit, changed since", "/suggestions/2/?view=side", "bob"),
    Look("a suggested edit, refused", "/suggestions/2/reject/", "bob", 422, send(reason="")),
    Look("approve with changes", "/suggestions/2/change/", "bob"),
    Look("drafts", "/drafts/", "ann"),
    Look("drafts, none", "/drafts/"),
    Look("bookmarks", "/bookmarks/", "ann"),
    Look("bookmarks, none", "/bookmarks/", "empty"),
    Look("following", "/following/", "ann"),
    Look("following, none", "/following/", "empty"),
    Look("report", "/posts/{main[id]}/flag/", "bob"),
    Look("report, with mistakes", "/posts/{main[id]}/flag/", "bob", 422, send(reason="")),
    Look("report of a member", "/user/Ann%20Rivers/flag/", "bob"),
    Look("reports", "/reports/", "bob"),
    Look("reports, none", "/reports/", "empty"),
    Look("appeal", "/appeal/{hidden[act]}/", "newt"),
    Look("appeal, with mistakes", "/appeal/{hidden[act]}/", "newt", 422, send(text="")),
    Look("appeal, sent", "/appeal/{closed[act]}/", "bob"),
    Look("upload", "/upload/"),
    Look("upload, with mistakes", "/upload/", status=422, step=send(alt="")),
    Look("claim, nothing there", "/guest/claim/", "bob"),
    Look("picture dialog", "/ask/", step=unfold("[data-md=picture]")),
]
HELP = [
    Look("help", "/help/"),
    *(Look(slug, f"/help/{slug}/") for slug in "crisis points guidelines privacy feeds".split()),
    Look("points, for a member", "/help/points/", "ann"),
    Look("privileges", "/privileges/"),
    Look("privileges, for a member", "/privileges/", "ann"),
    Look("privileges, for a suspended member", "/privileges/", "sorry"),
    Look("privileges, for a moderator", "/privileges/", "mo"),
]
ACCOUNT = [
    Look("sign in", "/accounts/login/"),
    Look("sign in, wrong", "/accounts/login/", step=send(login="nobody", password="wrong words")),
    Look("second step", "/accounts/login/", step=second_step),
    Look("sign up", "/accounts/signup/"),
    Look("sign up, with mistakes", "/accounts/signup/", step=send(username="a/b", email="x", password1="short")),
    Look(
        "sign up, code",
        "/accounts/signup/",
        step=send(username="Fresh Face", email="fresh@example.org", password1=PASSWORD),
    ),
    Look("new password", "/accounts/password/reset/"),
    Look("new password, code", "/accounts/password/reset/", step=send(email="nobody@example.org")),
    Look("new password, chosen", "/accounts/password/reset/", step=reset_code),
    Look("sign out", "/accounts/logout/", "bob"),
    Look("password", "/accounts/password/change/", "bob"),
    Look("password, with mistakes", "/accounts/password/change/", "bob", step=send(oldpassword="x", password1="x")),
    Look("password again", "/accounts/reauthenticate/?next=/settings/", "bob"),
    Look("address", "/accounts/email/", "bob"),
    Look("sessions", "/accounts/sessions/", "bob"),
    Look("second step, off", "/accounts/2fa/", "bob"),
    Look("second step, on", "/accounts/2fa/", "two"),
    Look("second step, turn on", "/accounts/2fa/totp/activate/", "bob"),
    Look("second step, turn off", "/accounts/2fa/totp/deactivate/", "two"),
    Look("recovery codes", "/accounts/2fa/recovery-codes/", "two"),
    Look("recovery codes, new", "/accounts/2fa/recovery-codes/generate/", "two"),
    Look("other accounts", "/accounts/3rdparty/", "bob"),
    Look("inactive", "/accounts/inactive/"),
    *(
        Look(f"settings, {part or 'profile'}", f"/settings/{part}", "bob")
        for part in ("", "picture/", "mail/", "look/", "sign-in/", "close/")
    ),
    Look("settings, with mistakes", "/settings/", "bob", 422, send(name="", about="x" * 300)),
]
ERRORS = [
    Look("400", "/search/?q=%00", status=400),
    Look("403", "/posts/{main[id]}/edit/", "newt", 403),
    Look("403, stale form", "/ask/", status=403, step=send_without_token(**TYPED)),
    Look("404", "/nothing/here/", status=404),
    Look("404, for a member", "/99999999/nothing/", "ann", 404),
    Look("405", "/hot/", status=405, step=send()),
    Look("413", "/ask/", status=413, step=send(body="x" * 1_100_000)),
    Look("422", "/posts/{main[id]}/vote/", "bob", 422, send(direction="sideways")),
    Look("429", "/preview/", status=429, step=too_often),
    Look("500", "/about-to-fail/", status=500, step=broken),
]
ADMIN = [
    Look("admin", "/admin/", "mo"),
    Look("admin, owner", "/admin/", "ada"),
    *(Look(f"admin, {one}s", f"/admin/forum/{one}/", "ada") for one in TABLES),
    Look("admin, posts that wait", "/admin/forum/post/?status=waiting", "mo"),
    Look("admin, none found", "/admin/forum/post/?q=zzzz", "mo"),
    Look("admin, a post", "/admin/forum/post/{main[id]}/change/", "mo"),
    Look("admin, a hidden post", "/admin/forum/post/{hidden[id]}/change/", "mo"),
    Look("admin, an anonymous post", "/admin/forum/post/{anonymous[id]}/change/", "ada"),
    Look("admin, hide", "/admin/forum/post/{main[id]}/act/hide/", "mo"),
    Look("admin, members", "/admin/accounts/user/", "mo"),
    *(
        Look(f"admin, new {one}", f"/admin/forum/{one}/add/", "ada")
        for one in ("category", "contentnote", "page", "helpline", "block", "watchedword", "flagreason", "closereason")
    ),
    Look("admin, a page of help", "/admin/forum/page/1/change/", "ada"),
    Look("admin, a topic", "/admin/forum/category/1/change/", "ada"),
    Look("admin, settings", "/admin/forum/sitesettings/", "ada"),
    Look("admin, a reason to report", "/admin/forum/flagreason/danger/change/", "ada"),
    Look("admin, a reason to close", "/admin/forum/closereason/duplicate/change/", "mo"),
]
MODERATION = [
    Look("queue", "/moderation/", "mo"),
    Look("queue, for an owner", "/moderation/?view=urgent", "ada"),
    Look("queue, nothing there", "/moderation/?view=appeals", "mo"),
    Look("queue, a reply chosen", "/moderation/?case=1&reply=private", "mo"),
    Look("queue, more", "/moderation/", "mo", step=unfold("[data-more] > summary")),
    Look("queue, several at once", "/moderation/", "mo", step=unfold("[data-bulk] > summary")),
    Look("queue, hand over", "/moderation/", "mo", step=unfold(".case-hands summary"), covers=True),
    Look("queue, shortcuts", "/moderation/", "mo", step=unfold("[data-keys] > summary"), covers=True),
    Look("queue, for a member", "/moderation/", "bob", 403),
    Look("a break", "/moderation/rest/", "mo"),
    Look("messages, with a suspension and a warning", "/messages/", "sorry"),
    Look("messages, none", "/messages/", "bob"),
    Look("a conversation", "/messages/1/", "sorry"),
    Look("a conversation, with mistakes", "/messages/1/", "sorry", 422, send(text="")),
    Look("write to the moderators", "/messages/write/", "sorry"),
    Look("messages with members", "/moderation/messages/", "mo"),
    Look("messages with members, all", "/moderation/messages/?show=all", "mo"),
    Look("a conversation, for the team", "/moderation/messages/1/?reply=worried", "mo"),
    Look("a conversation, with the team's mistakes", "/moderation/messages/1/", "mo", 422, send(text="")),
    Look("write to an author", "/moderation/posts/{anonymous[id]}/write/", "mo"),
    Look("a member, for the team", "/moderation/members/Sorry%20Sam/", "mo"),
    Look("a member, for an administrator", "/moderation/members/Sorry%20Sam/", "ada"),
    Look("a member, no notes", "/moderation/members/Sorry%20Sam/?show=reports", "mo"),
    Look("write to a member", "/moderation/members/Sorry%20Sam/write/?kind=care", "mo"),
    Look("suspend a member", "/moderation/members/Sorry%20Sam/suspend/", "mo"),
    Look("note a member, with mistakes", "/moderation/members/Sorry%20Sam/note/", "mo", 422, send(text="")),
    Look("admin, ready texts", "/admin/forum/reply/", "mo"),
    Look("admin, a ready text", "/admin/forum/reply/worried/change/", "ada"),
    Look("new accounts", "/moderation/accounts/", "mo"),
    Look("new accounts, all chosen", "/moderation/accounts/?choose=all", "mo"),
    Look("undo an account", "/moderation/members/Bob%20Stone/undo/", "mo"),
    Look("merge an account", "/moderation/members/Bob%20Stone/merge/", "ada"),
]
LOOKS = [*LISTS, *PEOPLE, *LOG, *QUESTIONS, *WRITING, *HELP, *ACCOUNT, *ERRORS, *ADMIN, *MODERATION]
