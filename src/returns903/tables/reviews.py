"""Reviews: each review of a child's case."""

from __future__ import annotations

from returns903.tables.base import Column, Table, birth_date, identifier


class ReviewsTable(Table):
    """One row for each review held in the year."""

    name = "Reviews"
    meaning = "Each review of a looked-after child's case in the year"
    order = "REVIEW"
    key = ("CHILD", "REVIEW")
    xml = "AREVIEW"

    CHILD = identifier()
    DOB = birth_date()
    REVIEW = Column("The day of the review", "date")
    REVIEW_CODE = Column("How the child took part", "code", codes=("REVIEW_CODE",))
