// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a candidate does with one design, for the window's benchmarks: opens it, reads it to its
// end, drags each slider and sets each other knob, repeats its experiment. An incident is opened,
// each of its probes asked, and committed. `act` is done from the event loop, as a click would be.
#pragma once

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSlider>

#include "app/gui/commit_form.hpp"
#include "app/gui/design_story.hpp"
#include "app/gui/design_view.hpp"
#include "app/gui/knob_widget.hpp"
#include "app/gui/main_window.hpp"
#include "app/gui/triage_view.hpp"
#include "app/present/app_context.hpp"
#include "tests/bench/gui_watch.hpp"

namespace rehearse::bench {

class Tour {
 public:
  Tour(gui::MainWindow& window, const present::AppContext& context)
      : m_window(window), m_context(context) {}

  void open(const QString& design) {
    act([&] { m_window.openPage("design:" + design); });
    settle();
  }

  void scroll() {
    auto* story = shown<gui::DesignStory>();
    if (!story) return;
    QScrollBar* bar = story->verticalScrollBar();
    for (int at = 0; at < bar->maximum(); at += bar->pageStep() / 2) {
      act([&] { bar->setValue(at); });
      wait(10);
    }
    act([&] { bar->setValue(0); });
  }

  // Each slider from end to end with the button held, each list, box and row of buttons to another
  // value and back.
  void setKnobs() {
    auto* story = shown<gui::DesignStory>();
    if (!story) return;
    for (const QPointer<gui::KnobWidget> knob : story->findChildren<gui::KnobWidget*>()) {
      if (!knob) continue;
      story->ensureWidgetVisible(knob);
      if (auto* slider = knob->findChild<QSlider*>()) drag(*slider);
      if (auto* box = knob->findChild<QComboBox*>()) choose(*box);
      if (auto* box = knob->findChild<QCheckBox*>()) {
        for (int i = 0; i < 2; ++i) press(*box);
      }
      for (auto* segment : knob->findChildren<QPushButton*>("segment")) press(*segment);
      settle();
    }
  }

  // False: the design repeats nothing, or all is known.
  bool repeat() {
    auto* view = shown<gui::DesignView>();
    auto* repeat = view ? view->findChild<QAction*>("design.repeat") : nullptr;
    if (!repeat || !repeat->isEnabled()) return false;
    act([&] { repeat->trigger(); });
    settle();
    return true;
  }

  // False: no incident is open.
  bool probe() {
    auto* view = shown<gui::TriageView>();
    if (!view) return false;
    for (auto* probe : view->findChildren<QPushButton*>("probe")) press(*probe);
    return true;
  }

  void commit() {
    auto* form = shown<gui::CommitForm>();
    if (!form) return;
    for (auto* box : form->findChildren<QComboBox*>()) box->setCurrentIndex(1);
    form->findChild<QPlainTextEdit*>()->setPlainText(
        "Clicks fell by 12 %. The next step is a look "
        "at the rollout; an update in 30 minutes.");
    press(*form->findChild<QPushButton*>("primary"));
    settle();
  }

 private:
  static constexpr int kMostWaitMs = 60000, kStepsOfADrag = 20, kBetweenMovesMs = 20;

  template <class Widget>
  Widget* shown() const {
    for (auto* widget : m_window.findChildren<Widget*>())
      if (widget->isVisible()) return widget;
    return nullptr;
  }
  void act(const std::function<void()>& what) const {
    QEventLoop done;
    QTimer::singleShot(0, &done, [&] {
      what();
      done.quit();
    });
    done.exec();
  }
  void settle() const {
    wait(30);
    wait_until([this] { return !m_context.busy(); }, kMostWaitMs);
  }
  void press(QAbstractButton& button) const {
    act([&] { button.click(); });
    settle();
  }
  void drag(QSlider& slider) const {
    slider.setSliderDown(true);
    for (int i = 0; i <= kStepsOfADrag; ++i) {
      act([&] {
        slider.setSliderPosition(slider.minimum() +
                                 i * (slider.maximum() - slider.minimum()) / kStepsOfADrag);
      });
      wait(kBetweenMovesMs);
    }
    act([&] { slider.setSliderDown(false); });
  }
  void choose(QComboBox& box) const {
    const int before = box.currentIndex();
    for (const int index : {(before + 1) % box.count(), before}) {
      act([&] {
        box.setCurrentIndex(index);
        emit box.activated(index);
      });
      settle();
    }
  }

  gui::MainWindow& m_window;
  const present::AppContext& m_context;
};

}  // namespace rehearse::bench
