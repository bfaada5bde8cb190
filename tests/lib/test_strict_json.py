"""JSON of a stranger means one thing, or it is refused."""

import pytest

from namens.lib.strict_json import NotStrict, read_object


def test_it_reads_an_object() -> None:
    assert read_object('{"a": {"b": [1, null, true, "x"]}}') == {"a": {"b": [1, None, True, "x"]}}


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"a": 1, "a": 2}', '{"x": {"a": 1, "a": 1}}', '{"a": Infinity}'])
def test_it_refuses_what_could_be_read_in_two_ways(text: str) -> None:
    with pytest.raises(NotStrict):
        read_object(text)


def test_it_refuses_depth_and_odd_bytes_without_saying_what_stood_there() -> None:
    for text in (b'{"a":' + b"[" * 100_000, b'{"secret": "\xff"}', b'{"secret": 1'):
        with pytest.raises(NotStrict) as refused:
            read_object(text)
        assert "secret" not in str(refused.value)
