"""What can be wrong with the rules; `huixiang.wording.rules.problems` says it in words."""

import enum


class ProblemCode(enum.StrEnum):
    """One kind of mistake. The facts each has are named beside it."""

    # -- files
    FILE_MISSING = "file_missing"
    UNKNOWN_FILE = "unknown_file"  # choice
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"  # n_bytes, limit
    NOT_UTF8 = "not_utf8"
    NOT_YAML = "not_yaml"  # reason: the parser's own words
    CONTROL_CHARACTER = "control_character"
    SECOND_DOCUMENT = "second_document"
    YAML_ALIAS = "yaml_alias"  # name
    YAML_TAG = "yaml_tag"  # tag
    NESTED_TOO_DEEP = "nested_too_deep"  # limit
    KEY_IS_NO_WORD = "key_is_no_word"
    KEY_TWICE = "key_twice"  # key, line

    # -- fields
    UNKNOWN_FIELD = "unknown_field"  # name, choice
    MISSING_FIELD = "missing_field"  # name
    NOT_ALLOWED = "not_allowed"  # name, given, choice
    NO_LIST = "no_list"  # name
    TEXT_FOR_LIST = "text_for_list"  # name, given
    WRONG_TYPE = "wrong_type"  # name, wanted_type, given_type or given
    REFUSED = "refused"  # reason: the validator's own words
    BAD_VALUE = "bad_value"  # name, wanted
    NOT_FINITE = "not_finite"  # name
    BAD_PATTERN = "bad_pattern"  # pattern, reason
    RATING_RANGE = "rating_range"  # low, high

    # -- names that lead nowhere, or somewhere twice
    UNKNOWN_NAME = "unknown_name"  # defined_in, name, choice
    NO_SUITE = "no_suite"  # name, choice
    NO_RULE = "no_rule"  # name, choice
    NO_CAUSE = "no_cause"  # name, choice
    NO_PARENT = "no_parent"  # name, choice
    NAME_TAKEN = "name_taken"  # field, name, line
    RESERVED_NAME = "reserved_name"

    # -- what does nothing, or not what it seems
    CAUSE_UNUSED = "cause_unused"  # name
    DEPARTMENT_UNHEARD = "department_unheard"  # name
    ENDPOINT_UNUSED = "endpoint_unused"  # name
    RULE_SHADOWED = "rule_shadowed"  # rule, earlier
    TEST_EXPECTS_NOTHING = "test_expects_nothing"
    ISSUE_HAS_NO_FIELD = "issue_has_no_field"  # name
    NO_TEXT_COLUMN = "no_text_column"
    SECRET_ITSELF = "secret_itself"  # noqa: S105 - the name of a mistake
    PLAYBOOK_EMPTY = "playbook_empty"

    # -- versions of the codeframe and bridges between them
    BRIDGE_TO_ITSELF = "bridge_to_itself"  # version
    BRIDGE_VALUE = "bridge_value"  # name, wanted
    THEME_STILL_THERE = "theme_still_there"  # theme, move
    THEME_MOVED_TWICE = "theme_moved_twice"  # theme
    VERSION_CHANGED = "version_changed"  # version
    VERSION_NEVER_USED = "version_never_used"  # version, choice
    THEME_GONE = "theme_gone"  # theme
    THEME_NOT_IN_VERSION = "theme_not_in_version"  # version, theme, choice
