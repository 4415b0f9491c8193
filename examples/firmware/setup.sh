#!/usr/bin/env bash
# setup.sh: installs what run.sh needs and is not there: QEMU, a C compiler, Python, the Rust targets of the boards.
exec "$(dirname "${BASH_SOURCE[0]}")/../../tests/firmware/setup.sh"
