from congress.privacy import masked


def test_masked_hides_the_middle_of_a_number():
    assert [masked(phone) for phone in ("13812341234", "05561234567", "7654321", "")] == [
        "138****1234",
        "055****4567",
        "7****",
        "",
    ]
