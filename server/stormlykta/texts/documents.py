"""The documents layer's door: a folder of text files in, immutable documents and findings out.

Rule: never raises for what the files hold. An error among the findings means that nothing may be published;
documents that could be read are handed out all the same, so that an editor can show them.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import msgspec

from stormlykta.shapes import (
    Checklist,
    Contacts,
    Document,
    Exercise,
    Exercises,
    Function,
    Known,
    Library,
    Member,
    Members,
    Message,
    Messages,
    Person,
    Step,
    Text,
    Vocabulary,
)
from stormlykta.texts.findings import Finding, Findings, Language
from stormlykta.texts.package import Package
from stormlykta.texts.source_files import TextFile, read_files, read_lines, shown


def canonical(document: Document) -> bytes:
    """The bytes of a document, for ever: keys in the order of its shape, what is not said left out, UTF-8."""
    return msgspec.json.encode(document)


def document_hash(data: bytes) -> str:
    """22 characters: base64url of the first 16 bytes of SHA-256."""
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()[:16]).decode().rstrip("=")


def read_library(paths: list[Path], known: Known, language: Language) -> tuple[Library, list[Finding]]:
    """All that lies under the paths (files or folders), checked as one package against what is published already."""
    findings = Findings(language)
    package = Package(read_files(paths, findings), findings)
    library = package.library(known.role_titles)
    package.check(known)
    return library, findings.in_order()


def read_contacts(path: Path, language: Language, vocabulary: Vocabulary | None = None) -> tuple[Contacts, list[Finding]]:
    """One contact table. With a vocabulary, roles are checked and a function without a title of its own is called as its role."""
    findings = Findings(language)
    lines = read_lines(path, findings)
    if lines is None:
        return Contacts(()), findings.in_order()
    package = Package.of_table(TextFile(shown(path), path, lines), findings)
    contacts = package.contacts({role.id: role.title for role in vocabulary.roles} if vocabulary else {})
    package.check(Known(roles=frozenset(role.id for role in vocabulary.roles)) if vocabulary else None)
    return contacts or Contacts(()), findings.in_order()


__all__ = [
    "Checklist",
    "Contacts",
    "Document",
    "Exercise",
    "Exercises",
    "Finding",
    "Function",
    "Known",
    "Language",
    "Library",
    "Member",
    "Members",
    "Message",
    "Messages",
    "Person",
    "Step",
    "Text",
    "Vocabulary",
    "canonical",
    "document_hash",
    "read_contacts",
    "read_library",
]
