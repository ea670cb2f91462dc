// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/code_editor.hpp"

#include <Qsci/qscilexercpp.h>
#include <Qsci/qscilexerlua.h>
#include <Qsci/qscilexerpython.h>

#include <QGuiApplication>
#include <QKeyEvent>
#include <QRegularExpression>
#include <QScreen>
#include <QSet>
#include <algorithm>
#include <utility>

#include "app/gui/library_words.hpp"
#include "app/gui/vim_mode.hpp"

namespace rehearse::gui {
namespace {

constexpr int kErrorMarker = 4, kNumberMargin = 0, kTextGap = 8, kOfferAfter = 3;

// The lexer's styles that share a colour.
struct Styles {
  std::vector<int> comments, keywords, strings, numbers;
};

const Styles kLuaStyles{
    {QsciLexerLua::Comment, QsciLexerLua::LineComment},
    {QsciLexerLua::Keyword, QsciLexerLua::KeywordSet5, QsciLexerLua::KeywordSet6},
    {QsciLexerLua::String, QsciLexerLua::Character, QsciLexerLua::LiteralString,
     QsciLexerLua::UnclosedString},
    {QsciLexerLua::Number}};
const Styles kPythonStyles{
    {QsciLexerPython::Comment, QsciLexerPython::CommentBlock},
    {QsciLexerPython::Keyword},
    {QsciLexerPython::DoubleQuotedString, QsciLexerPython::SingleQuotedString,
     QsciLexerPython::TripleSingleQuotedString, QsciLexerPython::TripleDoubleQuotedString,
     QsciLexerPython::UnclosedString, QsciLexerPython::DoubleQuotedFString,
     QsciLexerPython::SingleQuotedFString, QsciLexerPython::TripleSingleQuotedFString,
     QsciLexerPython::TripleDoubleQuotedFString},
    {QsciLexerPython::Number}};
const Styles kCppStyles{{QsciLexerCPP::Comment, QsciLexerCPP::CommentLine, QsciLexerCPP::CommentDoc,
                         QsciLexerCPP::CommentLineDoc, QsciLexerCPP::PreProcessorComment},
                        {QsciLexerCPP::Keyword, QsciLexerCPP::PreProcessor},
                        {QsciLexerCPP::DoubleQuotedString, QsciLexerCPP::SingleQuotedString,
                         QsciLexerCPP::RawString, QsciLexerCPP::UnclosedString},
                        {QsciLexerCPP::Number, QsciLexerCPP::UserLiteral}};

// QScintilla's own list ends with C++11.
class Cpp20Lexer : public QsciLexerCPP {
 public:
  using QsciLexerCPP::QsciLexerCPP;
  const char* keywords(int set) const override {
    if (set != 1) return nullptr;
    return "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t "
           "char32_t char8_t class co_await co_return co_yield compl concept const const_cast "
           "consteval constexpr constinit continue decltype default delete do double dynamic_cast "
           "else enum explicit extern false final float for friend goto if inline int long mutable "
           "namespace new noexcept not not_eq nullptr operator or or_eq override private protected "
           "public register reinterpret_cast requires return short signed sizeof static "
           "static_assert static_cast struct switch template this thread_local throw true try "
           "typedef typeid typename union unsigned using virtual void volatile wchar_t while xor "
           "xor_eq";
  }
};

// What differs between languages.
struct Dialect {
  int indent;
  const char* comment;
  const Styles& styles;
  QsciLexer* (*lexer)(QObject* parent);
};

const Dialect& dialectOf(const QString& language) {
  static const Dialect lua{2, "-- ", kLuaStyles,
                           [](QObject* parent) -> QsciLexer* { return new QsciLexerLua(parent); }};
  static const Dialect python{4, "# ", kPythonStyles, [](QObject* parent) -> QsciLexer* {
                                return new QsciLexerPython(parent);
                              }};
  static const Dialect cpp{2, "// ", kCppStyles,
                           [](QObject* parent) -> QsciLexer* { return new Cpp20Lexer(parent); }};
  return language == "python" ? python : language == "cpp" ? cpp : lua;
}

// Run, Submit, the own input, the size of the type, the theme and the way back belong to the page,
// not to the text.
bool belongsToPage(const QKeyEvent& event) {
  static const QSet<int> withControl = {
      Qt::Key_Return, Qt::Key_Enter, Qt::Key_T,     Qt::Key_I,     Qt::Key_K, Qt::Key_D,
      Qt::Key_Slash,  Qt::Key_Plus,  Qt::Key_Equal, Qt::Key_Minus, Qt::Key_0, Qt::Key_Space};
  return event.key() == Qt::Key_Escape ||
         (event.modifiers() & Qt::ControlModifier && withControl.contains(event.key()));
}

}  // namespace

CodeEditor::CodeEditor(QWidget* parent) : QsciScintilla(parent), m_lexer(nullptr) {
  setUtf8(true);
  setLanguage("lua");
  setMarginType(kNumberMargin, NumberMargin);
  setMarginWidth(kNumberMargin, "00000");
  setMarginWidth(1, 0);
  SendScintilla(SCI_SETMARGINLEFT, 0L, static_cast<long>(kTextGap));
  setFolding(NoFoldStyle);
  setIndentationsUseTabs(false);
  setAutoIndent(true);
  setTabIndents(true);
  setBackspaceUnindents(true);
  setBraceMatching(SloppyBraceMatch);
  setEolMode(EolUnix);
  setCaretLineVisible(true);
  setScrollWidth(1);
  setScrollWidthTracking(true);
  setFrameShape(QFrame::NoFrame);
  markerDefine(Background, kErrorMarker);
  setAutoCompletionSource(AcsNone);  // offerWords() decides
  connect(this, &QsciScintillaBase::SCN_CHARADDED, this, &CodeEditor::offerWords);
  setAutoCompletionReplaceWord(false);
  setAutoCompletionCaseSensitivity(true);
  connect(this, &QsciScintillaBase::SCN_ZOOM, this, [this] {
    fitNumbers();
    emit zoomChanged(zoom());
  });
  setAccessibleName(tr("Solution"));
  setAccessibleDescription(tr("Code editor. F6 leaves it."));
}

void CodeEditor::fitNumbers() { setMarginWidth(kNumberMargin, "00000"); }

int CodeEditor::zoom() const { return static_cast<int>(SendScintilla(SCI_GETZOOM)); }

void CodeEditor::setZoom(int points) { zoomTo(std::clamp(points, kLeastZoom, kMostZoom)); }

// After three characters of a word, or after what stands before a member.
void CodeEditor::offerWords(int added) {
  if (!m_offersWords || isListActive()) return;
  const QStringList separators = m_lexer->autoCompletionWordSeparators();
  const bool member = std::any_of(separators.begin(), separators.end(),
                                  [&](const QString& mark) { return mark.endsWith(QChar(added)); });
  const long caret = SendScintilla(SCI_GETCURRENTPOS);
  if (member || caret - wordStart(caret) >= kOfferAfter) completeNow();
}

void CodeEditor::completeNow() {
  if (wordIsOnScreen()) autoCompleteFromAll();
}

long CodeEditor::wordStart(long at) const {
  return SendScintilla(SCI_WORDSTARTPOSITION, static_cast<unsigned long>(at), 1L);
}

// A list of words is laid out within the screen that the word is on, and QScintilla takes there to
// be one: a window may hang over the edge.
bool CodeEditor::wordIsOnScreen() const {
  const long caret = SendScintilla(SCI_GETCURRENTPOS);
  for (const long place : {caret, wordStart(caret)}) {
    const QPoint point(static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, place)),
                       static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, place)));
    if (!QGuiApplication::screenAt(viewport()->mapToGlobal(point))) return false;
  }
  return true;
}

void CodeEditor::setVim(bool on) {
  if (on == (m_vim != nullptr)) return;
  if (!on) {
    m_vim->reset();
    delete std::exchange(m_vim, nullptr);
    SendScintilla(SCI_SETCARETSTYLE, 1UL);
    return emit vimStatus({});
  }
  m_vim = new VimMode(*this);
  connect(m_vim, &VimMode::statusChanged, this, &CodeEditor::vimStatus);
  connect(m_vim, &VimMode::save, this, &CodeEditor::vimSave);
  connect(m_vim, &VimMode::leave, this, &CodeEditor::vimLeave);
  connect(m_vim, &VimMode::idleEscape, this, &CodeEditor::vimIdle);
  emit vimStatus(m_vim->status());
}

void CodeEditor::setLanguage(const QString& id) {
  if (id == m_language) return;
  m_language = id;
  const Dialect& dialect = dialectOf(id);
  setTabWidth(dialect.indent);
  setIndentationWidth(dialect.indent);
  QsciLexer* before = m_lexer;
  m_lexer = dialect.lexer(this);
  setLexer(m_lexer);
  delete before;
  new LibraryWords(id, m_lexer);  // the lexer owns it
  if (m_theme) setTheme(*m_theme);
}

void CodeEditor::setTheme(const plots::Theme& theme) {
  m_theme = &theme;
  const QFont font = plots::monoFont(plots::kTextPx);
  QFont points = font;  // Scintilla takes points only
  points.setPointSizeF(plots::kTextPx * 0.75);
  m_lexer->setDefaultFont(points);
  m_lexer->setFont(points);
  m_lexer->setDefaultPaper(theme.surface);
  m_lexer->setPaper(theme.surface);
  m_lexer->setDefaultColor(theme.ink);
  m_lexer->setColor(theme.ink);
  const Styles& styles = dialectOf(m_language).styles;
  for (const int style : styles.comments) m_lexer->setColor(theme.codeComment, style);
  for (const int style : styles.keywords) m_lexer->setColor(theme.codeKeyword, style);
  for (const int style : styles.strings) m_lexer->setColor(theme.codeString, style);
  for (const int style : styles.numbers) m_lexer->setColor(theme.codeNumber, style);
  setColor(theme.ink);
  setPaper(theme.surface);
  setCaretForegroundColor(theme.ink);
  setCaretLineBackgroundColor(theme.bg);
  setSelectionBackgroundColor(theme.accent);
  setSelectionForegroundColor(theme.onAccent);
  setMarginsFont(points);
  setMarginsForegroundColor(theme.muted);
  setMarginsBackgroundColor(theme.surface);
  setMatchedBraceBackgroundColor(theme.sunken);
  setMatchedBraceForegroundColor(theme.accent);
  setUnmatchedBraceForegroundColor(theme.bad);
  setMarkerBackgroundColor(theme.badSoft, kErrorMarker);
  fitNumbers();
}

void CodeEditor::markLine(int line) {
  markerDeleteAll(kErrorMarker);
  if (line > 0 && line <= lines()) markerAdd(line - 1, kErrorMarker);
}

void CodeEditor::toggleComment() {
  int first = 0, column = 0, last = 0, lastColumn = 0;
  getCursorPosition(&first, &column);
  last = first;
  if (hasSelectedText()) getSelection(&first, &column, &last, &lastColumn);
  if (last > first && lastColumn == 0) --last;  // the selection ends before this line
  const QString mark = dialectOf(m_language).comment;
  const QString bare = mark.trimmed();
  QStringList lines;
  int indent = -1;
  bool allComments = true;
  for (int line = first; line <= last; ++line) {
    lines.append(text(line).remove('\n'));
    if (lines.last().trimmed().isEmpty()) continue;
    const auto depth = lines.last().indexOf(QRegularExpression("\\S"));
    indent = indent < 0 ? static_cast<int>(depth) : std::min(indent, static_cast<int>(depth));
    allComments = allComments && lines.last().trimmed().startsWith(bare);
  }
  if (indent < 0) return;
  for (QString& line : lines) {
    if (line.trimmed().isEmpty()) continue;
    if (!allComments) {
      line.insert(indent, mark);
      continue;
    }
    const auto at = line.indexOf(bare);
    line.remove(at, line.mid(at).startsWith(mark) ? mark.size() : bare.size());
  }
  setSelection(first, 0, last, static_cast<int>(text(last).remove('\n').size()));
  replaceSelectedText(lines.join('\n'));
  if (last > first) setSelection(first, 0, last, static_cast<int>(lines.last().size()));
}

bool CodeEditor::event(QEvent* event) {
  // Scintilla claims every key that it has a command for before any shortcut sees it.
  if (event->type() == QEvent::ShortcutOverride) {
    const auto& key = static_cast<const QKeyEvent&>(*event);
    const bool endsList = isListActive() && key.key() == Qt::Key_Escape;
    if (endsList || (m_vim && m_vim->claims(key))) return event->accept(), true;
    if (belongsToPage(key)) return event->ignore(), false;
  }
  return QsciScintilla::event(event);
}

void CodeEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_F6) return emit leave(event->modifiers() & Qt::ShiftModifier);
  if (isListActive() && event->key() == Qt::Key_Escape) {
    cancelList();
    if (!m_vim) return;  // Vim's Esc ends the insertion, too
  }
  // Tab takes the word that is offered; Enter ends the line that was typed.
  if (isListActive() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
    cancelList();
  if (m_vim && m_vim->press(*event)) return;
  if (belongsToPage(*event)) return event->ignore();
  QsciScintilla::keyPressEvent(event);
}

void CodeEditor::mousePressEvent(QMouseEvent* event) {
  if (m_vim) m_vim->reset();
  QsciScintilla::mousePressEvent(event);
}

}  // namespace rehearse::gui
