"""What can go wrong with the database itself, each with words for the person who has to mend it."""


class StorageFault(Exception):
    """The database cannot do it now; nothing was written."""


class DatabaseAway(StorageFault):
    """It does not answer, or ended the connection."""


class OldSchema(StorageFault):
    """Its tables are not those of this release."""


class Busy(StorageFault):
    """Two pieces of work wanted the same rows and the database let one go: trying again is right."""


class KeyLost(StorageFault):
    """A person's particulars cannot be opened: the key that wraps their case's is not in the settings, or they were tampered with."""


class SubjectTaken(StorageFault):
    """There is an open case about this subject already; it came in between."""
