// SPDX-License-Identifier: GPL-3.0-or-later
//
// ChapterRow: one chapter of an open design: its prose and knobs on the left, its figures on the
// right. Where figures come of an experiment that is repeated, a card above them says so and offers
// to run it; until then such figures are hidden, and dimmed once they are older than the knobs.
#pragma once

#include <QList>
#include <QWidget>
#include <functional>

#include "app/gui/style.hpp"
#include "engine/plan/plan.hpp"

class QBoxLayout;
class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace rehearse::plots {
class FigureView;
}

namespace rehearse::gui {

class KnobWidget;

class ChapterRow : public QWidget {
  Q_OBJECT

 public:
  // Null where the chapter has neither words nor knobs nor views.
  static ChapterRow* make(const plan::Plan& plan, int chapter, const Theme& theme,
                          QWidget* parent = nullptr);

  // In order of the plan; of views with their index there.
  const QList<KnobWidget*>& knobs() const { return m_knobs; }
  const QList<QPair<qsizetype, plots::FigureView*>>& figures() const { return m_figures; }

  // What was left out of the last run, by index of the view, and how often it would be repeated.
  void setLeftOut(const std::function<bool(qsizetype)>& leftOut, int repeats);
  // Prose above figures instead of beside them, where there is little width.
  void setStacked(bool stacked);
  // A run is under way: no second one is asked for.
  void setRunning(bool running);

 signals:
  void repeatAsked();

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  explicit ChapterRow(QWidget* parent) : QWidget(parent) {}
  void placeFigures();
  QVBoxLayout* makeProse(const plan::Plan& plan, int chapter, const Theme& theme);
  QVBoxLayout* makeFigures(const plan::Plan& plan, int chapter);
  QWidget* makeCard();

  QList<KnobWidget*> m_knobs;
  QList<QPair<qsizetype, plots::FigureView*>> m_figures;
  QList<plots::FigureView*> m_plots;  // those of m_figures that are drawn
  QBoxLayout *m_columns = nullptr, *m_right = nullptr;
  QGridLayout* m_grid = nullptr;
  int m_figureColumns = 0, m_plotHeight = 0;
  QWidget* m_story = nullptr;
  QWidget* m_card = nullptr;
  QLabel* m_say = nullptr;
  QPushButton* m_repeat = nullptr;
};

}  // namespace rehearse::gui
