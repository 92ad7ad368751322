"""Who reads digests is said at the endpoint, and checked against the departments."""

from huixiang.wording.rules.problems import what_words


def test_an_endpoint_may_say_whose_digests_it_gets(read, files):
    wanted = files["endpoints.yaml"].rstrip() + "\n    digests: [owners, managers]\n"

    rulebook = read({"endpoints.yaml": wanted}).rulebook

    endpoint = next(iter(rulebook.endpoints.values()))
    assert endpoint.digests == ("owners", "managers")


def test_an_endpoint_of_no_department_cannot_hear_of_owners(read, files):
    more = """\
  - name: alone
    url: https://alone.example
    secret: ALONE
    digests: [owners]
"""
    reading = read({"endpoints.yaml": files["endpoints.yaml"].rstrip() + "\n" + more})

    (problem,) = [each for each in reading.problems if each.file == "endpoints.yaml"]
    assert "'alone'" in what_words(problem).en
    assert reading.rulebook is not None


def test_a_reader_of_digests_that_is_none_is_an_error(read, files):
    wanted = files["endpoints.yaml"].rstrip() + "\n    digests: [everybody]\n"

    assert read({"endpoints.yaml": wanted}).rulebook is None
