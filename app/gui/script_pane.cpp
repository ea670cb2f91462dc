// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/script_pane.hpp"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/code_editor.hpp"
#include "app/present/app_context.hpp"
#include "app/present/design_draft.hpp"
#include "app/present/preferences.hpp"
#include "app/present/step_hint.hpp"

namespace rehearse::gui {
namespace {

constexpr int kTraceAfterMs = 200, kMostLineOfTip = 64;

// "…/my.lua:12: what" → 12; 0 where no line is named.
int lineIn(const QString& message, const QString& path) {
  const QRegularExpression place(QRegularExpression::escape(QFileInfo(path).fileName()) +
                                 ":(\\d+)");
  const auto found = place.match(message);
  return found.hasMatch() ? found.captured(1).toInt() : 0;
}

// Scintilla's tips do not wrap.
QByteArray wrappedTip(const QString& tip) {
  QString out;
  int width = 0;
  for (const QString& word : QString(tip).replace("\n", " \n ").split(' ', Qt::SkipEmptyParts)) {
    if (word == "\n" || (width > 0 && width + word.size() >= kMostLineOfTip)) {
      out += '\n';
      width = 0;
      if (word == "\n") continue;
    }
    out += (width ? " " : "") + word;
    width += static_cast<int>(word.size()) + 1;
  }
  return out.toUtf8();
}

}  // namespace

ScriptPane::ScriptPane(present::AppContext& context, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_draft(new present::DesignDraft(context, this)),
      m_editor(new CodeEditor(this)),
      m_name(new QLabel(this)),
      m_state(new QLabel(this)),
      m_fault(label({}, "bad", this)),
      m_debounce(new QTimer(this)) {
  setObjectName("surface");
  setAttribute(Qt::WA_StyledBackground);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(makeHead());
  m_editor->setAccessibleName(tr("Script of the design"));
  m_editor->setWrapMode(QsciScintilla::WrapWord);  // prose stands in long lines
  m_editor->setWrapIndentMode(QsciScintilla::WrapIndentSame);
  column->addWidget(m_editor, 1);
  m_fault->setContentsMargins(16, 8, 16, 12);
  m_fault->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_fault->hide();
  column->addWidget(m_fault);
  m_debounce->setSingleShot(true);
  m_debounce->setInterval(kTraceAfterMs);
  connect(m_debounce, &QTimer::timeout, this, [this] { emit edited(m_draft->text()); });
  connect(m_editor, &QsciScintilla::textChanged, this, &ScriptPane::typed);
  connect(m_editor, &QsciScintillaBase::SCN_CHARADDED, this, &ScriptPane::hint);
  connect(m_editor, &CodeEditor::leave, this,
          [this](bool backwards) { backwards ? focusPreviousChild() : focusNextChild(); });
  connect(m_draft, &present::DesignDraft::failed, this, &ScriptPane::failed);
  auto* save = new QAction(tr("Save the script"), this);
  save->setObjectName("script.save");
  save->setShortcut(QKeySequence::Save);
  save->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(save, &QAction::triggered, this, &ScriptPane::save);
  m_toFault = new QAction(tr("Go to the line of the error"), this);
  m_toFault->setObjectName("script.fault");
  m_toFault->setShortcut(Qt::Key_F8);
  m_toFault->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  m_toFault->setEnabled(false);
  connect(m_toFault, &QAction::triggered, this, [this] {
    m_editor->setCursorPosition(m_faultLine - 1, 0);
    m_editor->setFocus();
  });
  for (QAction* action : {save, m_toFault}) addAction(action);
}

QWidget* ScriptPane::makeHead() {
  auto* head = new QWidget(this);
  auto* row = new QHBoxLayout(head);
  row->setContentsMargins(16, 8, 16, 8);
  row->setSpacing(8);
  m_state->setObjectName("label");
  m_save = new QPushButton(tr("Save"), head);
  m_save->setToolTip(tr("Write the script to its file (Ctrl+S)"));
  m_discard = new QPushButton(tr("Revert"), head);
  m_discard->setToolTip(tr("Back to what the file says; Ctrl+Z in the text undoes it"));
  auto* close = new QPushButton(tr("Close"), head);
  close->setToolTip(tr("Close the script; what is not saved is kept as a draft (Ctrl+E)"));
  auto* words = new QVBoxLayout;
  words->setSpacing(0);
  for (QLabel* text : {m_name, m_state}) {
    text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    words->addWidget(text);
  }
  row->addLayout(words, 1);
  for (QPushButton* button : {m_discard, m_save, close}) row->addWidget(button);
  connect(m_save, &QPushButton::clicked, this, &ScriptPane::save);
  connect(m_discard, &QPushButton::clicked, this, [this] {
    m_draft->discard();
    m_editor->selectAll();
    m_editor->replaceSelectedText(m_draft->text());
    showState();
  });
  connect(close, &QPushButton::clicked, this, &ScriptPane::closeAsked);
  return head;
}

bool ScriptPane::open(const QString& path) {
  if (auto opened = m_draft->open(path); !opened) {
    emit failed(QString::fromStdString(opened.error().message));
    return false;
  }
  m_loading = true;
  m_editor->setText(m_draft->text());
  m_editor->SendScintilla(QsciScintillaBase::SCI_EMPTYUNDOBUFFER);
  m_loading = false;
  m_name->setText(QFileInfo(path).fileName());
  m_name->setToolTip(path);
  showFault(nullptr);
  showState();
  m_editor->setFocus();
  return true;
}

void ScriptPane::close() {
  m_debounce->stop();
  m_draft->close();
}

QString ScriptPane::text() const { return m_draft->text(); }

void ScriptPane::flush() { m_draft->flush(); }

void ScriptPane::setTheme(const Theme& theme) {
  m_editor->setTheme(theme);
  m_editor->setCallTipsBackgroundColor(theme.sunken);
  m_editor->setCallTipsForegroundColor(theme.ink);
}

void ScriptPane::showFault(const QString* message) {
  m_fault->setVisible(message != nullptr);
  m_faultLine = message ? lineIn(*message, m_draft->path()) : 0;
  m_editor->markLine(m_faultLine);
  m_toFault->setEnabled(m_faultLine > 0);
  if (!message) return;
  const QString folder = QFileInfo(m_draft->path()).path() + "/";
  const QString shown = tr("%1. The plots show the last script that worked.")
                            .arg(QString(*message).remove(folder));  // the head says which file
  m_fault->setText(m_faultLine > 0 ? tr("%1 F8 goes there.").arg(shown) : shown);
}

void ScriptPane::typed() {
  if (m_loading) return;
  m_draft->setText(m_editor->text());
  m_debounce->start();
  showState();
}

void ScriptPane::save() {
  if (const auto saved = m_draft->save(); !saved)
    emit failed(QString::fromStdString(saved.error().message));
  showState();
}

void ScriptPane::showState() {
  const bool unsaved = m_draft->unsaved();
  m_save->setEnabled(unsaved);
  m_discard->setEnabled(unsaved);
  m_state->setText(!unsaved              ? tr("saved")
                   : m_draft->restored() ? tr("draft restored")
                                         : tr("draft kept"));
  m_state->setToolTip(unsaved
                          ? tr("Not saved. What you typed is kept beside the file, and is there "
                               "when you come back.")
                          : QString());
}

void ScriptPane::hint() {
  if (present::preferenceValue(m_context, "editor.completion") == "off") return;
  const auto position = m_editor->SendScintilla(QsciScintillaBase::SCI_GETCURRENTPOS);
  const QString before =
      QString::fromUtf8(m_editor->text().toUtf8().left(static_cast<qsizetype>(position)));
  const present::StepHint hint = present::stepHint(before);
  if (!hint.words.isEmpty()) {
    if (!m_editor->wordIsOnScreen()) return;
    m_editor->SendScintilla(QsciScintillaBase::SCI_AUTOCSETMAXHEIGHT, 8UL);
    m_editor->SendScintilla(QsciScintillaBase::SCI_AUTOCSHOW,
                            static_cast<unsigned long>(hint.typed),
                            hint.words.join(' ').toUtf8().constData());
    return;
  }
  m_editor->SendScintilla(QsciScintillaBase::SCI_AUTOCCANCEL);
  if (hint.tip.isEmpty())
    m_editor->SendScintilla(QsciScintillaBase::SCI_CALLTIPCANCEL);
  else
    m_editor->SendScintilla(QsciScintillaBase::SCI_CALLTIPSHOW,
                            static_cast<unsigned long>(position), wrappedTip(hint.tip).constData());
}

}  // namespace rehearse::gui
