// SPDX-License-Identifier: GPL-3.0-or-later
//
// MonoText: what a compiler said or a value looks like, in the mono face. It can be selected, is as
// high as it needs to be, and a name without a blank is broken rather than cut.
#pragma once

#include <QTextEdit>

namespace rehearse::gui {

class MonoText : public QTextEdit {
  Q_OBJECT

 public:
  MonoText(const QString& text, const QString& name, QWidget* parent = nullptr);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void fit();
};

}  // namespace rehearse::gui
