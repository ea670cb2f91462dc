// SPDX-License-Identifier: GPL-3.0-or-later
//
// InterviewDate: the date of the interview, to be set, changed or cleared, on Today and in
// Settings.
#pragma once

#include <QWidget>

class QDateEdit;
class QPushButton;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

class InterviewDate : public QWidget {
  Q_OBJECT

 public:
  static constexpr const char* kKey = "interview_date";

  // On `page` it is offered to take a clearing back.
  InterviewDate(present::AppContext& context, QWidget* page, QWidget* parent);

  // As it is stored: ISO, or empty.
  void showValue(const QString& stored);

 private:
  void clear();

  present::AppContext& m_context;
  QWidget* m_page;
  QDateEdit* m_date;
  QPushButton *m_set, *m_clear;
};

}  // namespace rehearse::gui
