"""A sheet that somebody sends never lies readable on the disk."""

from __future__ import annotations

import tempfile

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile as Sent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from safeconduct.core.access.roles import Role
from safeconduct.core.spreadsheets import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar(client, account):
    client.force_login(account(Role.REGISTRAR), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client, content):
    return client.post(reverse("imports"), {"kind": "people", "file": SimpleUploadedFile("people.csv", content)})


def test_a_sheet_that_is_sent_is_never_a_file(registrar, monkeypatch):
    def no_file(*args, **kwargs):
        raise AssertionError("a temporary file was made of what somebody sent")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_file)
    assert send(registrar, b"id,given_name\nT-1,Mina\n" * 100_000).status_code in (302, 422)


def test_a_sheet_that_is_too_large_is_refused_by_its_size_and_not_held(registrar, settings, monkeypatch):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    held = []
    monkeypatch.setattr(uploads, "InMemoryUploadedFile", lambda file, *told: held.append(file.read()) or Sent(file, *told))
    answer = send(registrar, b"id,given_name\n" + b"T-1,Mina\n" * 1000)
    assert answer.status_code == 422 and "larger than 50 MB" in answer.content.decode()
    assert held == [b""]
