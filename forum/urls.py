"""Every address of the forum, grouped by thing; an address, its view and its template share a name."""

from django.urls import path

from forum.views import (
    accepting,
    answers,
    asking,
    bookmarks,
    categories,
    comments,
    drafts,
    flags,
    guests,
    help,
    lists,
    pictures,
    posts,
    privileges,
    questions,
    retagging,
    search,
    site,
    tags,
    undo,
    users,
    votes,
)

urlpatterns = [
    # Lists
    path("", lists.home, name="home"),
    path("questions/", lists.questions, name="questions"),
    path("questions/<path:path>/", lists.category, name="category"),
    path("unanswered/", lists.unanswered, name="unanswered"),
    path("hot/", lists.hot, name="hot"),
    path("activity/", lists.activity, name="activity"),
    path("search/", search.search, name="search"),
    # Topics and tags
    path("categories/", categories.categories, name="categories"),
    path("tags/", tags.tags, name="tags"),
    path("tags/complete/", tags.complete, name="tags_complete"),
    path("tag/<path:name>/", tags.tag, name="tag"),
    # A question
    path("ask/", asking.ask, name="ask"),
    path("ask/similar/", asking.similar, name="similar"),
    path("<int:question_id>/<str:slug>/", questions.question, name="question"),
    path("<int:post_id>/", questions.post_address, name="post_address"),
    # Acts on a post
    path("posts/<int:post_id>/answer/", answers.answer, name="answer"),
    path("posts/<int:post_id>/comment/", comments.comment, name="comment"),
    path("posts/<int:post_id>/vote/", votes.vote, name="vote"),
    path("posts/<int:post_id>/accept/", accepting.accept, name="accept"),
    path("posts/<int:post_id>/edit/", posts.edit, name="edit"),
    path("posts/<int:post_id>/retag/", retagging.retag, name="retag"),
    path("posts/<int:post_id>/withdraw/", posts.withdraw, name="withdraw"),
    path("posts/<int:post_id>/return/", posts.give_back, name="give_back"),
    path("posts/<int:post_id>/bookmark/", bookmarks.bookmark, name="bookmark"),
    path("posts/<int:post_id>/flag/", flags.flag, name="flag"),
    # Writing
    path("preview/", posts.preview, name="preview"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/save/", drafts.save, name="save"),
    path("drafts/start-over/", drafts.start_over, name="start_over"),
    path("drafts/<int:draft_id>/", drafts.draft, name="draft"),
    path("drafts/<int:draft_id>/discard/", drafts.discard, name="discard"),
    path("upload/", pictures.upload, name="upload"),
    path("media/<path:path>", pictures.media, name="media"),
    path("guest/claim/", guests.claim, name="claim"),
    path("guest/stop/<str:token>/", guests.stop_mails, name="stop_mails"),
    path("guest/<str:token>/", guests.come_back, name="come_back"),
    # People
    path("users/", users.users, name="users"),
    path("user/<str:name>/", users.user, name="user"),
    path("user/<str:name>/questions/", users.questions, name="user_questions"),
    path("user/<str:name>/answers/", users.answers, name="user_answers"),
    path("user/<str:name>/activity/", users.activity, name="user_activity"),
    path("user/<str:name>/points/", users.points, name="user_points"),
    # Mine
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    # Help
    path("help/", help.index, name="help"),
    path("help/crisis/", help.crisis, name="crisis"),
    path("help/points/", help.points, name="points"),
    path("privileges/", privileges.privileges, name="privileges"),
    path("help/<slug:slug>/", help.page, name="help_page"),
    # Moderation: the log
    path("moderation/undo/", undo.undo, name="undo"),
    # The site
    path("theme/", site.theme, name="theme"),
    path("welcome/close/", site.close_welcome, name="close_welcome"),
    path("healthz/", site.healthz, name="healthz"),
    path("robots.txt", site.robots, name="robots"),
]
