// SPDX-License-Identifier: GPL-3.0-or-later
//
// TrailDialog: step through a model's arithmetic. Beside the design, so that a knob may be moved
// and the same row looked at again. Choose the step and the row; Alt+Right and Alt+Left go to the
// next row and the one before, of either label or of both.
#pragma once

#include <QDialog>

#include "app/plots/theme.hpp"
#include "app/present/trail_session.hpp"

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class TrailDialog : public QDialog {
  Q_OBJECT

 public:
  explicit TrailDialog(QWidget* parent = nullptr);
  void setTheme(const plots::Theme& theme);
  present::TrailSession* session() { return m_session; }

 private:
  void showChoice();
  void showFigure(const Figure& figure);
  void showError(const QString& message);
  void move(bool backwards);

  present::TrailSession* m_session;
  const plots::Theme* m_theme = nullptr;
  QComboBox *m_step, *m_wanted;
  QSpinBox* m_row;
  QLabel *m_of, *m_sentence, *m_say;
  QPushButton *m_before, *m_next;
  plots::FigureView* m_figure;
};

}  // namespace rehearse::gui
