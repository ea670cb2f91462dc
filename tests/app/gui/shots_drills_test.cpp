// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of drills: the list and what it says when nothing fits, a drill from its starter to the
// accepted answer by way of every kind of mistake, and what surrounds solving.
#include <QLineEdit>

#include "app/gui/attempts_table.hpp"
#include "app/gui/code_editor.hpp"
#include "app/gui/probability_strip.hpp"
#include "app/gui/solve_view.hpp"
#include "app/present/sitting.hpp"
#include "tests/app/gui/camera.hpp"
#include "tests/app/gui/used_home.hpp"

using namespace rehearse;
using rehearse::test::Camera;
using rehearse::test::waitFor;

namespace {

const char* kLongError = R"(#include <map>
#include <string>
#include <vector>

class HitCounter {
 public:
  explicit HitCounter(long long window_s) : window_s_(window_s) {}
  void hit(long long at_s) { times_[at_s] = std::vector<std::string>{1.5, at_s, *this}; }
  long long count(long long now_s) { return times_.lower_bound(now_s - window_s_); }

 private:
  long long window_s_;
  std::map<long long, long long> times_;
};
)";

const char* kAccepted = R"(#include <deque>
#include <utility>

// Hits of the last `window_s` seconds; hits of the same second share an entry.
class HitCounter {
 public:
  explicit HitCounter(long long window_s) : window_s_(window_s) {}

  void hit(long long at_s) {
    latest_ = std::max(latest_, at_s);
    if (hits_.empty() || hits_.back().first != latest_) hits_.emplace_back(latest_, 0);
    ++hits_.back().second;
    ++total_;
    drop(latest_);
  }

  long long count(long long now_s) {
    latest_ = std::max(latest_, now_s);
    drop(latest_);
    return total_;
  }

 private:
  void drop(long long now_s) {
    while (!hits_.empty() && hits_.front().first <= now_s - window_s_) {
      total_ -= hits_.front().second;
      hits_.pop_front();
    }
  }

  long long window_s_, latest_ = 0, total_ = 0;
  std::deque<std::pair<long long, long long>> hits_;
};
)";

const char* kOneCase = "new = { 10 }, calls = { { \"hit\", 1 }, { \"count\", 11 } }";

QString offByOne() { return QString(kAccepted).replace("<= now_s -", "< now_s -"); }

gui::SolveView& opened(Camera& camera, const char* drill, const char* language) {
  camera.open(QString("drill:") + drill);
  auto& view = camera.part<gui::SolveView>();
  REQUIRE(waitFor([&view] { return view.session()->isOpen(); }));
  view.session()->setLanguage(language);
  REQUIRE(test::settled(camera.context()));
  return view;
}

void submit(Camera& camera, gui::SolveView& view, const QString& text, double stated = 0.8) {
  const auto before = view.session()->attempts().size();
  view.editor()->setText(text);
  view.session()->submit(stated);
  REQUIRE(waitFor([&] { return view.session()->attempts().size() == before + 1; }));
  REQUIRE(test::settled(camera.context()));
}

void shootList(Camera& camera) {
  camera.open("set:daily");
  camera.shoot("drills-daily-set");
  camera.open("drills");
  camera.trigger("searchDrills");
  auto* search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
  REQUIRE(search);
  search->setText("zebra");
  camera.shoot("drills-nothing");
  search->clear();
}

void shootMistakes(Camera& camera) {
  gui::SolveView& view = opened(camera, "hits-in-window", "cpp");
  camera.shoot("solve-starter");
  submit(camera, view, kLongError);
  camera.shoot("solve-compile-error");
  submit(camera, view, offByOne());
  camera.shoot("solve-wrong");
  view.trial()->runInput(kOneCase);
  camera.shoot("solve-own-input");
  view.trial()->stress();
  camera.shoot("solve-stress");
  view.editor()->setText(kAccepted);
  view.session()->submit(0.95);
  REQUIRE(waitFor([&] { return view.session()->judging(); }));
  camera.snap("solve-judging");
  REQUIRE(waitFor([&] { return view.session()->attempts().size() == 3; }));
  camera.shoot("solve-accepted");
}

void shootAround(Camera& camera) {
  gui::SolveView& view = opened(camera, "hits-in-window", "cpp");
  view.editor()->setText(kAccepted);
  camera.trigger("submit");
  camera.shoot("solve-how-sure");
  camera.part<gui::ProbabilityStrip>().withdraw();
  view.attemptsTable()->setSelectionMode(QAbstractItemView::MultiSelection);
  for (int row = 0; row < 2; ++row) view.attemptsTable()->selectRow(row);
  view.compareChosen();
  camera.shoot("solve-compare");
  camera.trigger("escape");
  camera.context().setSetting("editor.vim", "on");
  camera.trigger("resetToStarter");
  camera.shoot("solve-vim-undo");
}

// The window of another evening ended in the middle.
void breakOff(present::AppContext& context) {
  present::keepSitting(context, {.drill = "hits-in-window",
                                 .language = "cpp",
                                 .savedAt = 7,
                                 .aliveAt = 10,
                                 .secondsLeft = 872,
                                 .pauses = {}});
  present::noticeBrokenSitting(context);
}

}  // namespace

TEST_CASE("shots: of drills being solved", "[.shots]") {
  for (const test::Look& look : test::looks()) {
    Camera camera(look, test::useDrills);
    shootList(camera);
    shootMistakes(camera);
    shootAround(camera);
  }
}

TEST_CASE("shots: of going on where a window broke off", "[.shots]") {
  for (const test::Look& look : test::looks()) {
    Camera camera(look, test::useDrills);
    breakOff(camera.context());
    camera.open("drills");
    camera.shoot("drills-go-on");
  }
}
