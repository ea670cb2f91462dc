// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/vim_mode.hpp"

#include <Qsci/qsciscintilla.h>

#include <QKeyEvent>

namespace rehearse::gui {
namespace {

using Base = QsciScintillaBase;
constexpr long kLineCaret = 1, kBlockCaret = 2;  // CARETSTYLE_LINE, CARETSTYLE_BLOCK

// As Vim writes a key; empty for those that it has no name for.
QString nameOf(const QKeyEvent& event) {
  if (event.modifiers() & Qt::ControlModifier)
    return event.key() == Qt::Key_R ? QStringLiteral("<C-r>") : QString();
  switch (event.key()) {
    case Qt::Key_Escape: return "<Esc>";
    case Qt::Key_Return:
    case Qt::Key_Enter: return "<CR>";
    case Qt::Key_Backspace: return "<BS>";
    case Qt::Key_Delete: return "<Del>";
    case Qt::Key_Left: return "<Left>";
    case Qt::Key_Right: return "<Right>";
    case Qt::Key_Up: return "<Up>";
    case Qt::Key_Down: return "<Down>";
    case Qt::Key_Home: return "<Home>";
    case Qt::Key_End: return "<End>";
    default: break;
  }
  if (event.modifiers() & (Qt::AltModifier | Qt::MetaModifier)) return {};
  const QString text = event.text();
  return text.size() == 1 && text[0].isPrint() ? text : QString();
}

}  // namespace

VimMode::VimMode(QsciScintilla& editor) : QObject(&editor), m_editor(editor), m_keys(*this) {
  m_keys.onCommand = [this](present::VimKeys::Command command) {
    using Command = present::VimKeys::Command;
    if (command != Command::leave) emit save();
    if (command != Command::save) emit leave();
  };
  show();
}

bool VimMode::claims(const QKeyEvent& event) const {
  if (event.key() == Qt::Key_Escape) return true;
  return m_keys.mode() != present::VimKeys::Mode::insert && !nameOf(event).isEmpty();
}

bool VimMode::press(const QKeyEvent& event) {
  const QString name = nameOf(event);
  if (name.isEmpty()) return false;
  if (name == "<Esc>" && !m_keys.wantsEscape()) emit idleEscape();
  const bool taken = m_keys.press(name);
  show();
  return taken;
}

void VimMode::reset() {
  m_keys.reset();
  show();
}

void VimMode::show() {
  const bool inserts = m_keys.mode() == present::VimKeys::Mode::insert;
  m_editor.SendScintilla(Base::SCI_SETCARETSTYLE, inserts ? kLineCaret : kBlockCaret);
  emit statusChanged(m_keys.status());
}

QString VimMode::text() const { return m_editor.text(); }

// Scintilla counts bytes of UTF-8.
int VimMode::bytes(int at) const {
  return static_cast<int>(QStringView(m_editor.text()).left(at).toUtf8().size());
}

int VimMode::cursor() const {
  const auto at = m_editor.SendScintilla(Base::SCI_GETCURRENTPOS);
  return static_cast<int>(m_editor.text(0, static_cast<int>(at)).size());
}

void VimMode::setCursor(int at) {
  m_editor.SendScintilla(Base::SCI_SETEMPTYSELECTION, static_cast<unsigned long>(bytes(at)));
  m_editor.SendScintilla(Base::SCI_SCROLLCARET);
}

void VimMode::replace(int from, int to, const QString& with) {
  const QByteArray put = with.toUtf8();
  m_editor.SendScintilla(Base::SCI_SETTARGETRANGE, static_cast<unsigned long>(bytes(from)),
                         static_cast<long>(bytes(to)));
  m_editor.SendScintilla(Base::SCI_REPLACETARGET, static_cast<unsigned long>(put.size()),
                         put.constData());
}

void VimMode::beginUndoStep() { m_editor.beginUndoAction(); }
void VimMode::endUndoStep() { m_editor.endUndoAction(); }
void VimMode::undo() { m_editor.undo(); }
void VimMode::redo() { m_editor.redo(); }

void VimMode::select(int from, int to) {
  m_editor.SendScintilla(Base::SCI_SETSEL, static_cast<unsigned long>(bytes(from)),
                         static_cast<long>(bytes(to)));
}

int VimMode::indentWidth() const { return m_editor.indentationWidth(); }

}  // namespace rehearse::gui
