// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/commit_form.hpp"

#include <QComboBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/gui/style.hpp"

namespace rehearse::gui {
namespace {

constexpr int kUpdateHeight = 132;

QString minutesText(double minutes) { return QObject::tr("%1 min").arg(minutes, 0, 'f', 0); }

}  // namespace

CommitForm::CommitForm(QWidget* parent)
    : QWidget(parent),
      m_diagnosis(new QComboBox(this)),
      m_action(new QComboBox(this)),
      m_update(new QPlainTextEdit(this)),
      m_commit(new QPushButton(tr("Commit"), this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  const auto named = [this, column](const QString& text, QWidget* field) {
    auto* name = label(text, "label", this);
    name->setBuddy(field);
    name->setContentsMargins(0, 6, 0, 0);
    field->setAccessibleName(text);
    column->addWidget(name);
    column->addWidget(field);
  };
  column->addWidget(label(tr("Commit"), "chapter", this));
  named(tr("Diagnosis"), m_diagnosis);
  named(tr("Action"), m_action);
  for (QComboBox* box : {m_diagnosis, m_action}) {
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
  }
  named(tr("Update for everybody who waits"), m_update);
  m_update->setObjectName("field");
  m_update->setFixedHeight(kUpdateHeight);
  m_update->setTabChangesFocus(true);
  m_update->setPlaceholderText(
      tr("Impact with a number. What is known, what is not. The next step. When the next update "
         "comes."));
  m_commit->setObjectName("primary");
  m_commit->setShortcut(QKeySequence("Ctrl+Return"));
  m_commit->setToolTip(tr("Ends the attempt: it is graded and the truth is shown (Ctrl+Enter)"));
  column->addSpacing(6);
  column->addWidget(m_commit, 0, Qt::AlignLeft);
  connect(m_commit, &QPushButton::clicked, this, &CommitForm::committed);
}

void CommitForm::fill(const QStringList& diagnoses,
                      const QList<present::TriageSession::Choice>& actions) {
  m_diagnosis->clear();
  m_diagnosis->addItem(tr("choose a diagnosis"), QString());
  for (const QString& diagnosis : diagnoses) m_diagnosis->addItem(diagnosis, diagnosis);
  m_action->clear();
  m_action->addItem(tr("choose an action"), QString());
  for (const auto& action : actions)
    m_action->addItem(action.minutes > 0
                          ? tr("%1 (takes %2)").arg(action.name, minutesText(action.minutes))
                          : action.name,
                      action.name);
  m_update->clear();
  setOpen(true);
}

QString CommitForm::diagnosis() const { return m_diagnosis->currentData().toString(); }
QString CommitForm::action() const { return m_action->currentData().toString(); }
QString CommitForm::words() const { return m_update->toPlainText(); }

void CommitForm::setOpen(bool open) {
  for (QWidget* widget : std::initializer_list<QWidget*>{m_diagnosis, m_action, m_commit})
    widget->setEnabled(open);
  m_update->setReadOnly(!open);
}

}  // namespace rehearse::gui
