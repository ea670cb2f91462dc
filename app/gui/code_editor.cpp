// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/code_editor.hpp"

#include <Qsci/qscilexerlua.h>
#include <Qsci/qscilexerpython.h>

#include <QKeyEvent>

namespace rehearse::gui {
namespace {

constexpr int kErrorMarker = 4, kLuaIndent = 2, kPythonIndent = 4, kNumberMargin = 0;

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

// Run, Submit, the theme and the way back belong to the page, not to the text.
bool belongsToPage(const QKeyEvent& event) {
  const int key = event.key();
  const bool control = event.modifiers() & Qt::ControlModifier;
  return key == Qt::Key_Escape ||
         (control && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_T));
}

}  // namespace

CodeEditor::CodeEditor(QWidget* parent) : QsciScintilla(parent), m_lexer(nullptr) {
  setUtf8(true);
  setLanguage("lua");
  setMarginType(kNumberMargin, NumberMargin);
  setMarginWidth(kNumberMargin, "00000");
  setMarginWidth(1, 0);
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
  setAccessibleName(tr("Solution"));
  setAccessibleDescription(tr("Code editor. F6 leaves it."));
}

void CodeEditor::setLanguage(const QString& id) {
  if (id == m_language) return;
  m_language = id;
  const int indent = id == "python" ? kPythonIndent : kLuaIndent;
  setTabWidth(indent);
  setIndentationWidth(indent);
  QsciLexer* before = m_lexer;
  m_lexer =
      id == "python" ? static_cast<QsciLexer*>(new QsciLexerPython(this)) : new QsciLexerLua(this);
  setLexer(m_lexer);
  delete before;
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
  const Styles& styles = m_language == "python" ? kPythonStyles : kLuaStyles;
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
}

void CodeEditor::markLine(int line) {
  markerDeleteAll(kErrorMarker);
  if (line > 0 && line <= lines()) markerAdd(line - 1, kErrorMarker);
}

bool CodeEditor::event(QEvent* event) {
  // Scintilla claims every key that it has a command for before any shortcut sees it.
  if (event->type() == QEvent::ShortcutOverride &&
      belongsToPage(static_cast<const QKeyEvent&>(*event)))
    return event->ignore(), false;
  return QsciScintilla::event(event);
}

void CodeEditor::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_F6) return emit leave(event->modifiers() & Qt::ShiftModifier);
  const bool control = event->modifiers() & Qt::ControlModifier;
  if (belongsToPage(*event)) return event->ignore();
  if (control && (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)) return zoomIn();
  if (control && event->key() == Qt::Key_Minus) return zoomOut();
  if (control && event->key() == Qt::Key_0) return zoomTo(0);
  QsciScintilla::keyPressEvent(event);
}

}  // namespace rehearse::gui
