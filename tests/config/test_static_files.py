"""What every page loads is collected as one sheet."""

import re
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from config.static_files import SITE_SHEET, HashedFiles


def test_the_sheets_of_every_page_become_one_with_every_rule_in_order(tmp_path):
    own = Path(settings.BASE_DIR, "static")
    sheets = re.findall(r'"([a-z]+\.css)"', (own / SITE_SHEET).read_text())
    names = [SITE_SHEET, *(f"css/{name}" for name in sheets), *(f"fonts/{one.name}" for one in own.glob("fonts/*.*"))]
    shutil.copytree(own, tmp_path, dirs_exist_ok=True)
    collected = HashedFiles(location=tmp_path, base_url="/static/")

    for _ in range(2):  # a second collection finds the joined file there, and joins it anew
        list(collected.post_process({name: (FileSystemStorage(own), name) for name in names}))

    joined, *alone = (
        Path(tmp_path, collected.stored_name(name)).read_text()
        for name in (SITE_SHEET, *(f"css/{name}" for name in sheets))
    )
    assert len(sheets) == 11
    assert joined.split() == re.sub(r"/\*.*?\*/", "", "".join(alone), flags=re.DOTALL).split()
