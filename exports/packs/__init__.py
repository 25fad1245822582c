"""Evidence packs as files: how one is put together, written, read back and checked; who may have one is not known here."""
