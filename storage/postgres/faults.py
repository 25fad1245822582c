"""What can go wrong with the database or the documents' bytes themselves, each with words for the person who has to mend it."""


class StorageFault(Exception):
    """The database cannot do it now; nothing was written."""


class DatabaseAway(StorageFault):
    """It does not answer, or ended the connection."""


class OldSchema(StorageFault):
    """Its tables are not those of this release."""


class Busy(StorageFault):
    """Two pieces of work wanted the same rows and the database let one go: trying again is right."""


class NothingReal(StorageFault):
    """The database is made up, and what was asked for is of real ones; or it is real, and something made up was to be written."""


class CallerUnknown(StorageFault):
    """Whoever asks has been disabled meanwhile, or its tokens were ended."""


class KeyLost(StorageFault):
    """A person's particulars cannot be opened: the key that wraps their case's is not in the settings, or they were tampered with."""


class SubjectTaken(StorageFault):
    """There is an open case about this subject already; it came in between."""


class DocumentsAway(StorageFault):
    """The documents' bytes cannot be reached or kept now: no answer, no room, no right."""


class DocumentLost(StorageFault):
    """A document's bytes are gone, or not what they were when it came."""


class ObjectGone(DocumentLost):
    """There are no bytes under that name."""
