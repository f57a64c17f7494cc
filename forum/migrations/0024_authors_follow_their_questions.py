"""Members follow the questions they asked before, as they follow those they ask from now on."""

from django.db import migrations

# Both engines read it. In order, because the list of what somebody follows begins with the newest row.
FOLLOW_OWN = """
INSERT INTO forum_follow (member_id, question_id, mode, created_at)
SELECT post.author_id, post.id, 'site', post.created_at
FROM forum_post AS post
JOIN accounts_user AS author ON author.id = post.author_id
WHERE post.kind = 'question'
  AND author.is_active
  AND NOT EXISTS (SELECT 1 FROM forum_follow AS kept WHERE kept.member_id = author.id AND kept.question_id = post.id)
ORDER BY post.id
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0023_no_mails_about_answers_is_a_choice")]

    operations = [migrations.RunSQL(FOLLOW_OWN, migrations.RunSQL.noop)]
