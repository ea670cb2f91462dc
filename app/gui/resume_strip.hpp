// SPDX-License-Identifier: GPL-3.0-or-later
//
// ResumeStrip: offers the drill that a crash broke off, to go on with or to skip for good. Hidden
// while there is none.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class ResumeStrip : public QWidget {
  Q_OBJECT

 public:
  explicit ResumeStrip(present::AppContext& context, QWidget* parent = nullptr);
  void refresh();

 signals:
  void goOn(const QString& drillId);

 private:
  present::AppContext& m_context;
  QLabel *m_title, *m_sentence;
  QString m_drill;
};

}  // namespace rehearse::gui
