// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/mono_text.hpp"

#include <QTextDocument>
#include <cmath>

#include "app/plots/theme.hpp"

namespace rehearse::gui {

MonoText::MonoText(const QString& text, const QString& name, QWidget* parent) : QTextEdit(parent) {
  setReadOnly(true);
  setTabChangesFocus(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setFont(plots::monoFont(plots::kControlPx));
  document()->setDocumentMargin(0);
  setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  setAccessibleName(name);
  setPlainText(text);
  fit();
}

void MonoText::resizeEvent(QResizeEvent* event) {
  QTextEdit::resizeEvent(event);
  fit();
}

void MonoText::fit() {
  const int height = static_cast<int>(std::ceil(document()->size().height())) + 2;
  if (height != maximumHeight()) setFixedHeight(height);
}

}  // namespace rehearse::gui
