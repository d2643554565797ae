import unittest

from keep import Named, camel_case, differences, is_about, only

HEAD = {"torch": "2.15.0"}


def content(*rows, **sections):
    return {"generated": HEAD, "cases": list(rows), **sections}


def row(op, value):
    return {"op": op, "outputs": [value]}


class Names(unittest.TestCase):
    def test_one_op_by_any_of_its_names(self):
        for name in ("logSoftmax", "log_softmax", "LogSoftmax"):
            with self.subTest(name):
                self.assertIn("cases logSoftmax", Named([name]))
                self.assertIn("cases new LogSoftmax(1)", Named([name]))

    def test_whole_words(self):
        self.assertNotIn("cases atan2", Named(["atan"]))
        self.assertNotIn("runs fashion-mnist", Named(["mnist"]))
        self.assertIn("cases add_", Named(["add"]))
        self.assertNotIn("cases add", Named(["add_"]))

    def test_several(self):
        self.assertIn("cases sin", Named(["cos", "sin"]))

    def test_camel_case_leaves_the_end(self):
        self.assertEqual(camel_case("masked_fill_"), "maskedFill_")


class Only(unittest.TestCase):
    def test_other_lines_stay_though_they_are_different_now(self):
        old = content(row("abs", 1), row("atan", 2), row("exp", 3))
        new = content(row("abs", 1.5), row("atan", 2.5), row("exp", 3.5))
        self.assertEqual(only(old, new, Named(["atan"])), content(row("abs", 1), row("atan", 2.5), row("exp", 3)))

    def test_new_lines_come_where_the_subject_has_them(self):
        old = content(row("abs", 1), row("exp", 2), row("abs", 3))
        new = content(row("abs", 0), row("atan", 5), row("exp", 0), row("abs", 0), row("atan", 6))
        expected = content(row("abs", 1), row("atan", 5), row("exp", 2), row("abs", 3), row("atan", 6))
        self.assertEqual(only(old, new, Named(["atan"])), expected)

    def test_lines_that_the_subject_has_no_more_go(self):
        old = content(row("abs", 1), row("atan", 2), row("atan", 3))
        new = content(row("atan", 4))
        self.assertEqual(only(old, new, Named(["atan"])), content(row("abs", 1), row("atan", 4)))

    def test_lines_of_others_that_are_new_stay_out(self):
        old, new = content(row("abs", 1)), content(row("abs", 1), row("erf", 2), row("atan", 3))
        self.assertEqual(only(old, new, Named(["atan"])), content(row("abs", 1), row("atan", 3)))

    def test_a_section_that_is_no_table_is_one_line(self):
        old, new = content(numbers={"loss": 1}), content(numbers={"loss": 2})
        self.assertEqual(only(old, new, Named(["atan"])), old)
        self.assertEqual(only(old, new, Named(["numbers"])), new)

    def test_a_file_that_is_not_there(self):
        self.assertEqual(only({}, content(row("atan", 1), row("abs", 2)), Named(["atan"])), content(row("atan", 1)))

    def test_the_head_is_the_new_one(self):
        self.assertEqual(only({"generated": {}, "cases": []}, content(), Named(["atan"]))["generated"], HEAD)

    def test_whether_anything_is_about_it(self):
        self.assertTrue(is_about(content(row("atan", 1)), Named(["atan"])))
        self.assertFalse(is_about(content(row("abs", 1)), Named(["atan"])))
        self.assertFalse(is_about(content(), Named(["torch"])))


class Differences(unittest.TestCase):
    def test_none(self):
        self.assertEqual(list(differences(content(row("abs", 1)), content(row("abs", 1)))), [])

    def test_new_gone_and_changed(self):
        old = content(row("abs", 1), row("cos", 2), row("erf", 3), row("erf", 4))
        new = content(row("abs", 9), row("erf", 3), row("atan", 5), row("atan", 6))
        self.assertEqual(
            list(differences(old, new)), ["~ cases abs", "+ cases atan (2 lines)", "- cases cos", "- cases erf"]
        )

    def test_another_order(self):
        old, new = content(row("abs", 1), row("cos", 2)), content(row("cos", 2), row("abs", 1))
        self.assertEqual(list(differences(old, new)), ["~ cases (the order of its lines)"])

    def test_the_head(self):
        self.assertEqual(list(differences({"generated": {}}, {"generated": HEAD})), ["~ generated"])


if __name__ == "__main__":
    unittest.main()
