"""The tables of a DNA 3.0 database, as its manual and its own files describe them."""

from __future__ import annotations

VERSION = "3.0.11"
"""What the files say they are; DNA opens those that begin with 3.0."""

OURS = ("origin", "discourse-analysis-suite")
"""A setting by which a file is known again; DNA reads over it."""

STATEMENT_TYPE = "DNA Statement"
NAMED = ("person", "organization", "concept")
AGREEMENT = "agreement"
EXTRA = {
    "kind of actor": "short text",
    "group": "short text",
    "term": "short text",
    "frame": "short text",
    "stance": "short text",
    "mode": "short text",
    "printed": "long text",
    "confidence": "long text",
    "stance_confidence": "long text",
}
"""What else of a statement is kept, as variables of its type."""

ATTRIBUTES = ("Type", "Alias", "Notes")

_SHORT = "TEXT NOT NULL DEFAULT '' CHECK (LENGTH({0}) < 191)"
_COLOURS = ", ".join(
    f"{name} INTEGER NOT NULL DEFAULT 0 CHECK ({name} BETWEEN 0 AND 255)"
    for name in ("Red", "Green", "Blue")
)
_PERMISSIONS = [
    *(f"{what}{which}" for which in ("Documents", "Statements")
      for what in (("Add", "Edit", "Delete", "Import") if which == "Documents"
                   else ("Add", "Edit", "Delete"))),
    "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
]  # fmt: skip
_KEY = "ID INTEGER NOT NULL PRIMARY KEY"


def _flag(name: str, value: int = 1) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT {value} CHECK ({name} BETWEEN 0 AND 1)"


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _data(name: str, value: str, *more: str) -> str:
    ends = ", ".join(
        [_refers("StatementId", "STATEMENTS"), _refers("VariableId", "VARIABLES"), *more]
    )
    return (
        f"CREATE TABLE {name}({_KEY}, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, "
        f"{value}, UNIQUE (StatementId, VariableId), {ends});"
    )


CREATE = "\n".join([
    "CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);",
    f"CREATE TABLE CODERS({_KEY}, Name {_SHORT.format('Name')}, {_COLOURS}, "
    "Refresh INTEGER NOT NULL DEFAULT 0 CHECK (Refresh BETWEEN 0 AND 9999), "
    "FontSize INTEGER NOT NULL DEFAULT 14 CHECK (FontSize BETWEEN 1 AND 99), "
    f"Password {_SHORT.format('Password')}, "
    "PopupWidth INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999), "
    f"{_flag('ColorByCoder', 0)}, {_flag('PopupDecoration', 0)}, {_flag('PopupAutoComplete')}, "
    + ", ".join(_flag(f"Permission{name}") for name in _PERMISSIONS) + ");",
    (f"CREATE TABLE DOCUMENTS({_KEY}, Title {_SHORT.format('Title')}, Text TEXT NOT NULL, "
    f"Coder INTEGER, Author {_SHORT.format('Author')}, Source {_SHORT.format('Source')}, "
    f"Section {_SHORT.format('Section')}, Notes TEXT NOT NULL DEFAULT '', "
    f"Type {_SHORT.format('Type')}, Date INTEGER NOT NULL, {_refers('Coder', 'CODERS')});"),
    f"CREATE TABLE STATEMENTTYPES({_KEY}, Label {_SHORT.format('Label')}, {_COLOURS});",
    (f"CREATE TABLE VARIABLES({_KEY}, Variable {_SHORT.format('Variable')}, "
    "DataType TEXT NOT NULL DEFAULT 'short text' "
    "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')), "
    "StatementTypeId INTEGER, "
    f"{_refers('StatementTypeId', 'STATEMENTTYPES')}, UNIQUE (Variable, StatementTypeId));"),
    (f"CREATE TABLE VARIABLELINKS({_KEY}, SourceVariableId INTEGER, TargetVariableId INTEGER, "
    "CHECK (TargetVariableId != SourceVariableId), "
    f"{_refers('SourceVariableId', 'VARIABLES')}, {_refers('TargetVariableId', 'VARIABLES')});"),
    f"CREATE TABLE REGEXES(Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_COLOURS});",
    f"CREATE TABLE CODERRELATIONS({_KEY}, Coder INTEGER CHECK (Coder > 0), "
    "OtherCoder INTEGER CHECK (OtherCoder > 0), "
    + ", ".join(_flag(n) for n in ("viewStatements", "editStatements",
                                   "viewDocuments", "editDocuments"))
    + ", CHECK (Coder != OtherCoder), "
    f"{_refers('Coder', 'CODERS')}, {_refers('OtherCoder', 'CODERS')});",
    (f"CREATE TABLE STATEMENTS({_KEY}, StatementTypeId INTEGER, DocumentId INTEGER, "
    "Start INTEGER NOT NULL CHECK (Start >= 0), Stop INTEGER NOT NULL CHECK (Stop >= 0), "
    "Coder INTEGER, CHECK (Start < Stop), "
    f"{_refers('StatementTypeId', 'STATEMENTTYPES')}, {_refers('Coder', 'CODERS')}, "
    f"{_refers('DocumentId', 'DOCUMENTS')});"),
    _data("DATABOOLEAN", "Value INTEGER NOT NULL DEFAULT 1"),
    _data("DATAINTEGER", "Value INTEGER NOT NULL DEFAULT 0"),
    (f"CREATE TABLE ENTITIES({_KEY}, VariableId INTEGER NOT NULL, Value {_SHORT.format('Value')}, "
    f"{_COLOURS}, ChildOf INTEGER CHECK (ChildOf > 0), UNIQUE (VariableId, Value), "
    f"{_refers('ChildOf', 'ENTITIES')}, {_refers('VariableId', 'VARIABLES')});"),
    _data("DATASHORTTEXT", "Entity INTEGER NOT NULL", _refers("Entity", "ENTITIES")),
    _data("DATALONGTEXT", "Value TEXT DEFAULT ''"),
    (f"CREATE TABLE ATTRIBUTEVARIABLES({_KEY}, VariableId INTEGER NOT NULL, "
    f"AttributeVariable {_SHORT.format('AttributeVariable')}, "
    f"UNIQUE (VariableId, AttributeVariable), {_refers('VariableId', 'VARIABLES')});"),
    (f"CREATE TABLE ATTRIBUTEVALUES({_KEY}, EntityId INTEGER NOT NULL, "
    "AttributeVariableId INTEGER NOT NULL, "
    f"AttributeValue {_SHORT.format('AttributeValue')}, UNIQUE (EntityId, AttributeVariableId), "
    f"{_refers('EntityId', 'ENTITIES')}, "
    f"{_refers('AttributeVariableId', 'ATTRIBUTEVARIABLES')});"),
])  # fmt: skip
