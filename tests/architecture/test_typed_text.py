"""What people type passes one field, which makes it regular; no form takes it raw."""

import re

from django import forms
from django.contrib.auth import get_user_model
from django.db import models

from accounts.fields import TypedField
from forum.admin.index import panel
from tests.architecture.sources import ROOT

RAW = re.compile(r"\bforms\.CharField\(|\((?:forms\.)?CharField\):")


def test_no_form_takes_what_people_type_raw():
    files = [*(ROOT / "forum").rglob("*.py"), *(ROOT / "accounts").rglob("*.py")]
    raw = {
        str(file.relative_to(ROOT))
        for file in files
        if "migrations" not in file.parts and RAW.search(file.read_text("utf-8"))
    }

    assert raw == {"accounts/fields.py"}


def test_the_administration_makes_its_fields_of_it(rf):
    request = rf.get("/admin/")
    request.user = get_user_model()()
    raw = []
    for model, page in panel._registry.items():
        for column in model._meta.fields:
            is_text = type(column) in (models.CharField, models.TextField)
            if not is_text or not column.editable or column.choices:
                continue
            if not isinstance(page.formfield_for_dbfield(column, request), TypedField | forms.ChoiceField):
                raw.append(f"{model.__name__}.{column.name}")

    assert raw == []
