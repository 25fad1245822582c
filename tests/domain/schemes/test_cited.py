"""The law that a plan's data cites, document by document."""

from domain.schemes.cited_law import laws_of
from tests.domain.stories import book


def test_the_law_is_listed_by_document_each_clause_once() -> None:
    laws = laws_of(book("daye-2023").scheme)
    clauses = [cite.clause for cite in laws["中华人民共和国行政许可法"]]
    # 三个工作日的法定时限（第四十二条）在两条规则下引用，列一次
    assert clauses.count("第四十二条第一款") == 1
    assert {"第四十五条", "第三十二条第一款第四项"} <= set(clauses)
    assert all(cite.document == document for document, cites in laws.items() for cite in cites)
