#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Looks in a built program for what it has to be hardened with: hardening.sh PROGRAM. Tells what is
# missing; exit code 1 where something is.
set -u
export LC_ALL=C
program=${1:?usage: hardening.sh PROGRAM}
header=$(readelf -hW "$program") || exit 1
segments=$(readelf -lW "$program")
dynamic=$(readelf -dW "$program")
symbols=$(readelf -W --dyn-syms "$program")
missing=0

# needs WHAT TEXT PATTERN: the pattern is to be found in the text.
needs() {
  printf '%s\n' "$2" | grep -Eq -- "$3" && return
  echo "$program: $1 is missing" >&2
  missing=1
}

needs 'a position-independent program' "$header" '^ *Type: +DYN'
needs 'a position-independent program, said so to the loader' "$dynamic" 'FLAGS_1.* PIE'
needs 'relocations that are read-only after the start (RELRO)' "$segments" '^ *GNU_RELRO'
needs 'binding of all functions at the start (NOW)' "$dynamic" 'FLAGS_1.* NOW'
needs 'a stack that cannot be executed' "$segments" '^ *GNU_STACK .* RW +0x'
needs 'the stack protector' "$symbols" ' __stack_chk_fail@'
needs 'functions with checked sizes (FORTIFY)' "$symbols" ' __[a-z]+_chk@GLIBC'
needs 'checks of the standard library (GLIBCXX_ASSERTIONS)' "$symbols" '__glibcxx_assert_fail'
if printf '%s\n' "$dynamic" | grep -Eq 'RPATH|RUNPATH'; then
  echo "$program: looks for libraries in folders of its own" >&2
  missing=1
fi
if printf '%s\n' "$segments" | grep -Eq ' RWE '; then
  echo "$program: holds memory that can be both written and executed" >&2
  missing=1
fi
exit $missing
