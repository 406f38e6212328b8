#!/bin/sh
# Exports files as Akoma Ntoso and validates each against the schema of OASIS; says how many are valid.
#
#     CLAUSULA_AKN_SCHEMA=…/akomantoso30.xsd tests/documents/validate_akn.sh FILE ...
#
# The schema is part of the OASIS standard "Akoma Ntoso Version 1.0 Part 2: Specifications" (keep its xml.xsd beside it).
# CLAUSULA names the program (default: target/release/clausula); xmllint comes with libxml2.
set -u
program=${CLAUSULA:-target/release/clausula}
if [ -z "${CLAUSULA_AKN_SCHEMA:-}" ]; then
    echo "skipped: CLAUSULA_AKN_SCHEMA does not name the schema akomantoso30.xsd" >&2
    exit 0
fi
export=$(mktemp)
trap 'rm -f "$export"' EXIT
valid=0
bad=0
for file in "$@"; do
    if "$program" structure --format akn "$file" >"$export" &&
        xmllint --huge --noout --schema "$CLAUSULA_AKN_SCHEMA" "$export" >/dev/null 2>&1; then
        valid=$((valid + 1))
    else
        bad=$((bad + 1))
        echo "not valid: $file"
    fi
done
echo "$valid valid, $bad not valid"
[ "$bad" -eq 0 ]
