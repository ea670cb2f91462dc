// SPDX-License-Identifier: GPL-3.0-or-later
//
// SweepView: an open design run over a grid of one knob or of two: the answer as a line, a heat
// map, or two of its numbers against each other; the table as CSV. Ctrl+Enter runs, Esc stops or
// goes back.
#pragma once

#include <QWidget>

#include "app/gui/style.hpp"
#include "app/present/design_sweep.hpp"

class QCheckBox;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace rehearse::present {
class AppContext;
class DesignSession;
}  // namespace rehearse::present
namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class SweepForm;
class TitleLabel;

class SweepView : public QWidget {
  Q_OBJECT

 public:
  SweepView(present::AppContext& context, present::DesignSession* session, QWidget* parent);

  // Of the design that is open; what was swept before stays while the design is the same.
  void show();
  void setTheme(const Theme& theme);
  present::DesignSweep* sweep() const { return m_sweep; }

 signals:
  void closed();

 private:
  QWidget* makeBar();
  QWidget* makeChooser();
  void makeActions();
  void run();
  void showRunning(bool running);
  void showTable();
  void showFigure();
  void showError(const QString& message);
  void saveTable();

  present::AppContext& m_context;
  present::DesignSession* m_session;
  present::DesignSweep* m_sweep;
  const Theme* m_theme = nullptr;
  TitleLabel* m_title;
  SweepForm* m_form = nullptr;
  QLabel *m_say, *m_error;
  QProgressBar* m_progress;
  QPushButton *m_run, *m_stop, *m_save;
  QWidget* m_chooser;
  QComboBox *m_number, *m_against;
  QCheckBox *m_more, *m_moreAgainst;
  plots::FigureView* m_figure;
};

}  // namespace rehearse::gui
