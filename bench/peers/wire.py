"""What is sent and answered, as pydantic's users write it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field


class Applicant(BaseModel):
    """Who applies."""

    name: str = Field(min_length=1, max_length=200)
    creditCode: str | None = Field(default=None, max_length=18)  # noqa: N815 -- as it is sent


class Supply(BaseModel):
    """What is asked for, of whom."""

    service: str
    utility: str


class Form(BaseModel):
    """The application."""

    applicant: Applicant
    supplies: list[Supply] = Field(min_length=1, max_length=20)
    projectCode: str = Field(min_length=1, max_length=64)  # noqa: N815 -- as it is sent
    address: str = Field(min_length=1, max_length=300)
    zone: str | None = None


class Accepted(BaseModel):
    """The act that opens the case."""

    act: str
    form: Form
    place: str | None = None
    window: str | None = None
    officer: str | None = None


class Opening(BaseModel):
    """What is sent."""

    kind: str
    city: str
    body: Accepted


class Deadline(BaseModel):
    """A clock in short."""

    rule: str
    keys: list[str]
    party: str
    dueAt: datetime | None  # noqa: N815 -- as it is sent
    state: str


class Shown(BaseModel):
    """What is answered."""

    caseId: UUID  # noqa: N815 -- as it is sent
    kind: str
    scheme: str
    city: str
    district: str | None
    number: str | None
    subject: str | None
    state: str
    openedAt: datetime  # noqa: N815 -- as it is sent
    parties: list[str]
    version: int
    deadlines: list[Deadline]
