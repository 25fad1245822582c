"""Facts that are counted, in any case: visits, documents, filings, fees, forms and reviews asked for."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from domain.acts.field import Acted, Code, Fen, Text
from domain.acts.kinds import ALL, WRITER, Field, kind, read_by


@kind("要求到场", ALL, read_by(ALL, "required_by", "reason"))
class VisitRequired(Acted, tag="visit.required", kw_only=True):
    """The applicant had to come; a counter application by choice is no visit."""

    required_by: Code
    reason: Text | None = None


@kind("要求提供材料", ALL, read_by(ALL, "requested_by", "document"))
class MaterialRequested(Acted, tag="material.requested", kw_only=True):
    """The applicant was asked for a document."""

    requested_by: Code
    document: Text


@kind("要求自行报批", ALL, read_by(ALL, "requested_by", "department"))
class FilingRequested(Acted, tag="filing.requested", kw_only=True):
    """The applicant was asked to file for an approval itself."""

    requested_by: Code
    department: Code | None = None


@kind("收费", ALL, read_by(ALL, "charged_by", "amount", "works"))
class FeeCharged(Acted, tag="fee.charged", kw_only=True):
    """Money was asked of the applicant; it counts for works from the red line to the public network."""

    charged_by: Code
    amount: Fen
    works: Literal["off-site", "in-plot"]


@kind("要求另填表", ALL, read_by(ALL, "demanded_by", "form"))
class FormDemanded(Acted, tag="form.demanded", kw_only=True):
    """A form of its own was asked for beside the joint one."""

    demanded_by: Code
    form: Text | None = None


@kind("批前审查", ALL, read_by(ALL, "utility", "department"))
class ReviewMade(Acted, tag="review.made", kw_only=True):
    """A review before approval (批前审查)."""

    utility: Code
    department: Code


@kind(
    "上传材料",
    ALL,
    {**read_by(ALL, "document_id", "media_type", "size", "sha256"), "name": Field(ALL, fed="suffix")},
    written_by="operation",
    feeds=frozenset({"document"}),
)
class DocumentAttached(Acted, tag="document.attached", kw_only=True):
    """一次上传、多方共享: a document of the case, by its content's digest; the bytes are kept elsewhere."""

    document_id: UUID
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    media_type: Annotated[str, Meta(min_length=3, max_length=100)]
    size: Annotated[int, Meta(ge=0, le=2**40)]
    """In bytes."""
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


@kind("查看个人信息", WRITER, read_by(WRITER, "reason", "fields"), written_by="operation")
class PersonalDataRead(Acted, tag="personal_data.read", kw_only=True):
    """Somebody was shown a person's particulars whole, and why."""

    reason: Text
    fields: Annotated[tuple[Annotated[str, Meta(max_length=100)], ...], Meta(min_length=1, max_length=20)]


@kind("删除个人信息", ALL, read_by(ALL, "reason"), written_by="operation")
class PersonalDataErased(Acted, tag="personal_data.erased", kw_only=True):
    """The key of the case's particulars was destroyed; nobody can read them again."""

    reason: Text


@kind("备注", ALL, read_by(ALL, "text"))
class RemarkMade(Acted, tag="remark.made", kw_only=True):
    """A remark; it steers nothing."""

    text: Text


__all__ = [name for name, value in list(globals().items()) if isinstance(value, type) and issubclass(value, Acted)]
