set positional-arguments
set quiet

python := justfile_directory() / ".venv/bin/python"

# What there is to do
[private]
default:
    just --justfile {{ quote(justfile()) }} --list

lianban *arguments:
    {{ python }} -m cli.main "$@"
