// SPDX-License-Identifier: GPL-3.0-or-later
//
// Vim's keys as a table: what is typed, the text before, the text after. `|` is the cursor, in
// normal mode on the character behind it.
#include "app/present/vim_keys.hpp"

#include <catch2/catch.hpp>

using namespace rehearse::present;

namespace {

class StringBuffer : public VimBuffer {
 public:
  QString text() const override { return m_now.text; }
  int cursor() const override { return m_now.cursor; }
  void setCursor(int at) override {
    REQUIRE(at >= 0);
    REQUIRE(at <= m_now.text.size());
    m_now.cursor = at;
  }
  void replace(int from, int to, const QString& with) override {
    REQUIRE(from >= 0);
    REQUIRE(from <= to);
    REQUIRE(to <= m_now.text.size());
    if (m_depth == 0) remember();
    m_now.text.replace(from, to - from, with);
    m_now.cursor = std::min(m_now.cursor, static_cast<int>(m_now.text.size()));
  }
  void beginUndoStep() override {
    if (m_depth++ == 0) remember();
  }
  void endUndoStep() override {
    REQUIRE(m_depth > 0);
    if (--m_depth == 0 && m_undo.back().text == m_now.text) m_undo.pop_back();
  }
  void undo() override {
    if (m_undo.empty()) return;
    m_redo.push_back(m_now);
    m_now = m_undo.back();
    m_undo.pop_back();
  }
  void redo() override {
    if (m_redo.empty()) return;
    m_undo.push_back(m_now);
    m_now = m_redo.back();
    m_redo.pop_back();
  }
  void select(int from, int to) override { selected = {from, to}; }
  int indentWidth() const override { return 2; }
  bool balanced() const { return m_depth == 0; }
  std::pair<int, int> selected;

 private:
  struct State {
    QString text;
    int cursor = 0;
  };
  void remember() { m_undo.push_back(m_now), m_redo.clear(); }
  State m_now;
  std::vector<State> m_undo, m_redo;
  int m_depth = 0;

  friend struct Typist;
};

struct Typist {
  StringBuffer buffer;
  VimKeys keys{buffer};

  explicit Typist(const QString& marked) {
    buffer.m_now.text = QString(marked).remove('|');
    buffer.m_now.cursor = static_cast<int>(marked.indexOf('|'));
  }
  void type(const QString& typed) {
    for (qsizetype i = 0; i < typed.size(); ++i) {
      QString key = typed.mid(i, 1);
      if (const auto end = typed.indexOf('>', i); key == "<" && end > i + 1 && typed[i + 1] != '<')
        key = typed.mid(i, end - i + 1), i = end;
      if (keys.press(key)) continue;
      const int at = buffer.cursor();
      const QString text = key == "<CR>" ? QString("\n") : key;
      buffer.replace(at, at, text);
      buffer.setCursor(at + static_cast<int>(text.size()));
    }
  }
  QString marked() const { return buffer.text().insert(buffer.cursor(), '|'); }
};

struct Row {
  const char *keys, *before, *after;
};

void checkAll(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    Typist typist(row.before);
    typist.type(row.keys);
    INFO(row.keys << " on " << row.before);
    CHECK(typist.marked().toStdString() == row.after);
    CHECK(typist.buffer.balanced());
  }
}

}  // namespace

TEST_CASE("vim: characters and lines are moved over, and the cursor stays on the text") {
  checkAll({{"l", "|abc", "a|bc"},
            {"9l", "|abc", "ab|c"},
            {"2h", "ab|c", "|abc"},
            {"h", "a\n|b", "a\n|b"},
            {"j", "a|bc\ndef", "abc\nd|ef"},
            {"jk", "ab|c\nd", "ab|c\nd"},
            {"jj", "ab|c\nd\nefg", "abc\nd\nef|g"},
            {"j", "|a", "|a"},
            {"k", "a\n|b", "|a\nb"},
            {"$j", "|ab\ncdef", "ab\ncde|f"},
            {"0", "  a|b", "|  ab"},
            {"^", "  ab|c", "  |abc"},
            {"$", "|abc\nd", "ab|c\nd"},
            {"2$", "|abc\nde", "abc\nd|e"},
            {"<CR>", "|a\nb", "a\n|b"}});
}

TEST_CASE("vim: words are moved over as vim counts them") {
  checkAll({{"w", "|foo(bar)", "foo|(bar)"},
            {"ww", "|foo(bar)", "foo(|bar)"},
            {"W", "|foo(bar) x", "foo(bar) |x"},
            {"3w", "|a b c d", "a b c |d"},
            {"w", "|a\n\nb", "a\n|\nb"},
            {"w", "|a\n  b", "a\n  |b"},
            {"b", "foo ba|r", "foo |bar"},
            {"bb", "foo.ba|r", "foo|.bar"},
            {"B", "foo.ba|r", "|foo.bar"},
            {"e", "|foo bar", "fo|o bar"},
            {"ee", "|foo bar", "foo ba|r"},
            {"E", "|a.b c", "a.|b c"},
            {"9w", "|a b", "a |b"}});
}

TEST_CASE("vim: lines, paragraphs, brackets and characters are found") {
  checkAll({{"gg", "a\nb\n|c", "|a\nb\nc"},
            {"G", "|a\nb\n  c", "a\nb\n  |c"},
            {"2G", "|a\nb\nc", "a\n|b\nc"},
            {"2gg", "|a\nb\nc", "a\n|b\nc"},
            {":3<CR>", "|a\nb\nc", "a\nb\n|c"},
            {"fx", "|abxx", "ab|xx"},
            {"2fx", "|abxx", "abx|x"},
            {"fx", "|ab\nx", "|ab\nx"},
            {"tx", "|abx", "a|bx"},
            {"Fa", "abc|a", "|abca"},
            {"Ta", "ab|c", "a|bc"},
            {"fx;", "|axbx", "axb|x"},
            {"fx;,", "|axbx", "a|xbx"},
            {"tx;", "|axbx", "ax|bx"},
            {"%", "|f(a[1])", "f(a[1]|)"},
            {"%%", "f|(a)", "f|(a)"},
            {"}", "|a\nb\n\nc", "a\nb\n|\nc"},
            {"{", "a\n\nb\n|c", "a\n|\nb\nc"}});
}

TEST_CASE("vim: deleting takes what the motion or the object names") {
  checkAll({{"x", "a|bc", "a|c"},
            {"3x", "|ab", "|"},
            {"X", "ab|c", "a|c"},
            {"dw", "|foo bar", "|bar"},
            {"dw", "a |foo\nb", "a| \nb"},
            {"d2w", "|a b c", "|c"},
            {"2dw", "|a b c", "|c"},
            {"de", "|foo bar", "| bar"},
            {"db", "foo |bar", "|bar"},
            {"d$", "a|bc\nd", "|a\nd"},
            {"D", "ab|c", "a|b"},
            {"d0", "ab|c", "|c"},
            {"dfx", "|axb", "|b"},
            {"dtx", "|axb", "|xb"},
            {"d%", "f|(a)b", "f|b"},
            {"dd", "a\n|b\nc", "a\n|c"},
            {"dd", "a\n|b", "|a"},
            {"dd", "|a", "|"},
            {"2dd", "|a\nb\nc", "|c"},
            {"dj", "|a\nb\nc", "|c"},
            {"dk", "a\n|b\nc", "|c"},
            {"dG", "a\n|b\nc", "|a"},
            {"dgg", "a\nb|\nc", "|c"},
            {"d}", "|a\nb\n\nc", "|\nc"},
            {"diw", "a f|oo b", "a | b"},
            {"daw", "a f|oo b", "a |b"},
            {"daw", "a f|oo", "|a"},
            {"di(", "f(a, |b)", "f(|)"},
            {"da(", "f(a, |b) x", "f| x"},
            {"di(", "f(g(|a), b)", "f(g(|), b)"},
            {"di(", "f(g(a), |b)", "f(|)"},
            {"di[", "a[|1]", "a[|]"},
            {"di{", "x = {|1}", "x = {|}"},
            {"di\"", "s = \"a|b\"", "s = \"|\""},
            {"da\"", "s = \"a|b\"", "s =| "},
            {"di(", "a |b", "a |b"}});
}

TEST_CASE("vim: changing deletes and types, once undone") {
  checkAll({{"cwnew<Esc>", "|foo bar", "ne|w bar"},
            {"c2wx<Esc>", "|a b c", "|x c"},
            {"ciwx<Esc>", "a f|oo b", "a |x b"},
            {"ci(1, 2<Esc>", "f(|a)", "f(1, |2)"},
            {"ccx<Esc>", "  a|b\nc", "  |x\nc"},
            {"Sx<Esc>", "a|b", "|x"},
            {"Cx<Esc>", "a|bc", "a|x"},
            {"sx<Esc>", "a|bc", "a|xc"},
            {"cwnew<Esc>u", "|foo bar", "|foo bar"},
            {"cwnew<Esc>u<C-r>", "|foo bar", "ne|w bar"},
            {"rx", "a|bc", "a|xc"},
            {"2rx", "|abc", "x|xc"},
            {"9rx", "|abc", "|abc"},
            {"~", "|aB", "A|B"},
            {"2~", "|aBc", "Ab|c"}});
}

TEST_CASE("vim: insert mode begins where its key says, and counts repeat what was typed") {
  checkAll({{"ix<Esc>", "a|b", "a|xb"},
            {"ax<Esc>", "a|b", "ab|x"},
            {"Ix<Esc>", "  a|b", "  |xab"},
            {"Ax<Esc>", "|ab", "ab|x"},
            {"ox<Esc>", "  |a\nb", "  a\n  |x\nb"},
            {"Ox<Esc>", "a\n  |b", "a\n  |x\n  b"},
            {"3ix<Esc>", "|", "xx|x"},
            {"2aab<Esc>", "|-", "-aba|b"},
            {"i<Esc>", "a|b", "|ab"},
            {"ix<Esc>u", "a|b", "a|b"}});
}

TEST_CASE("vim: yanked and deleted text is put back, by lines or by characters") {
  checkAll({{"yyp", "|a\nb", "a\n|a\nb"},
            {"yyP", "a\n|b", "a\n|b\nb"},
            {"yyp", "|a", "a\n|a"},
            {"Yjp", "|a\nb", "a\nb\n|a"},
            {"ddp", "|a\nb", "b\n|a"},
            {"xp", "|ab", "b|a"},
            {"ywP", "|a b", "a| a b"},
            {"yiw$p", "|ab c", "ab ca|b"},
            {"2yyjp", "|a\nb", "a\nb\n|a\nb"},
            {"yy2p", "|a", "a\n|a\na"},
            {"p", "|a", "|a"}});
}

TEST_CASE("vim: lines are joined and shifted") {
  checkAll({{"J", "|a\n  b", "a| b"},
            {"3J", "|a\nb\nc", "a b| c"},
            {"J", "f(|\n  )", "f(|)"},
            {">>", "|a", "  |a"},
            {"2>>", "|a\nb", "  |a\n  b"},
            {"<<", "    |a", "  |a"},
            {">j", "|a\nb\nc", "  |a\n  b\nc"},
            {">>", "|", "|"}});
}

TEST_CASE("vim: the dot repeats the last change, with a count of its own where it is given") {
  checkAll({{"x.", "|abc", "|c"},
            {"x2.", "|abcd", "|d"},
            {"dw.", "|a b c", "|c"},
            {"ciwx<Esc>w.", "|a b", "x |x"},
            {"A;<Esc>j.", "|a\nb", "a;\nb|;"},
            {"dd.", "|a\nb\nc", "|c"},
            {">>.", "|a", "    |a"},
            {"xl.", "|abc", "|b"},
            {"ix<Esc>..", "|", "|xxx"},
            {"xu.", "|abc", "|bc"}});
}

TEST_CASE("vim: visual modes act on what is selected") {
  checkAll({{"vld", "a|bcd", "a|d"},
            {"vhd", "ab|c", "|a"},
            {"vey$p", "|ab c", "ab ca|b"},
            {"viwcx<Esc>", "a f|oo b", "a |x b"},
            {"vi(d", "f(a|b)", "f(|)"},
            {"Vd", "a\n|b\nc", "a\n|c"},
            {"Vjd", "|a\nb\nc", "|c"},
            {"Vjy2jp", "|a\nb\nc", "a\nb\nc\n|a\nb"},
            {"Vj>", "|a\nb", "  |a\n  b"},
            {"Vj2>", "|a\nb", "    |a\n    b"},
            {"VjJ", "|a\nb", "a| b"},
            {"vl~", "|abc", "|ABc"},
            {"vlrx", "|abc", "|xxc"},
            {"vlohd", "ab|cd", "|a"},
            {"v<Esc>x", "|ab", "|b"},
            {"vvx", "|ab", "|b"},
            {"vVd", "a\nb|c", "|a"},
            {"yiwwvep", "|a bc", "a |a"},
            {"vGd", "|a\nb", "|"}});
}

TEST_CASE("vim: searching goes on around the ends, and a star seeks whole words") {
  checkAll({{"/b<CR>", "|a b b", "a |b b"},
            {"/b<CR>n", "|a b b", "a b |b"},
            {"/b<CR>nn", "|a b b", "a |b b"},
            {"/b<CR>N", "|a b b", "a b |b"},
            {"?b<CR>", "|a b b", "a b |b"},
            {"?b<CR>n", "|a b b", "a |b b"},
            {"/x<CR>", "|a b", "|a b"},
            {"/ab<BS><BS>b<CR>", "|a b", "a |b"},
            {"/b<Esc>x", "|ab", "|b"},
            {"*", "|ab abc ab", "ab abc |ab"},
            {"dn", "|a b", "|a b"}});
}

TEST_CASE("vim: the colon saves, leaves, and says what it does not know") {
  Typist typist("|a");
  std::vector<VimKeys::Command> told;
  typist.keys.onCommand = [&](VimKeys::Command command) { told.push_back(command); };
  typist.type(":w<CR>:q<CR>:wq<CR>:x<CR>");
  using Command = VimKeys::Command;
  CHECK(told ==
        std::vector{Command::save, Command::leave, Command::saveAndLeave, Command::saveAndLeave});
  typist.type(":wq");
  CHECK(typist.keys.status() == ":wq");
  typist.type("!<CR>");
  CHECK(typist.keys.status().contains(":wq! is not known here"));
  CHECK(told.size() == 4);
}

TEST_CASE("vim: the status names the mode and what is half typed") {
  Typist typist("|ab\ncd");
  CHECK(typist.keys.status() == "NORMAL");
  CHECK_FALSE(typist.keys.wantsEscape());
  typist.type("2d");
  CHECK(typist.keys.status() == "NORMAL  2d");
  CHECK(typist.keys.wantsEscape());
  typist.type("<Esc>i");
  CHECK(typist.keys.status() == "INSERT");
  typist.type("<Esc>v");
  CHECK(typist.keys.status() == "VISUAL");
  typist.type("j");
  CHECK(typist.buffer.selected == std::pair{0, 4});
  typist.type("V");
  CHECK(typist.keys.status() == "VISUAL LINE");
  CHECK(typist.buffer.selected == std::pair{0, 5});
  typist.type("<Esc>i");
  typist.keys.reset();
  CHECK(typist.keys.status() == "NORMAL");
  CHECK(typist.buffer.balanced());
}

TEST_CASE("vim: no keys lead out of the text") {
  const QString kKeys = "hjklwbeWBE0^$gGfFtT;,%{}iaIAoOxXsSr~JdcyDCYpPu.><nN/?*:vV2(\"";
  unsigned random = 12345;
  for (int round = 0; round < 60; ++round) {
    Typist typist("|f(a, b)\n\n  if x then\n    y[1] = \"s\"\n  end\n");
    for (int i = 0; i < 80; ++i) {
      random = random * 1664525u + 1013904223u;
      const auto pick = (random >> 8) % static_cast<unsigned>(kKeys.size() + 4);
      if (pick >= static_cast<unsigned>(kKeys.size()))
        typist.type(pick % 2 ? "<Esc>" : "<CR>");
      else
        typist.type(kKeys.mid(static_cast<qsizetype>(pick), 1));
      REQUIRE(typist.buffer.cursor() <= typist.buffer.text().size());
      if (typist.buffer.text().size() > 20000) break;
    }
  }
}
