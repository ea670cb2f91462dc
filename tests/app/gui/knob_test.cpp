// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/knob_widget.hpp"

#include <QAbstractButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <catch2/catch.hpp>
#include <cmath>

using namespace rehearse;

namespace {

plan::Knob sliderKnob(double low, double high, double value, bool log = false,
                      bool integer = false) {
  plan::Knob knob;
  knob.kind = plan::Knob::Kind::slider;
  knob.name = "rate";
  knob.low = low, knob.high = high;
  knob.log_scale = log;
  knob.integer = integer;
  knob.value = knob.initial = integer ? plan::Value(static_cast<std::int64_t>(value)) : value;
  return knob;
}

struct Made {
  QWidget parent;
  std::unique_ptr<gui::KnobWidget> widget;
  plan::Value last;
  int moves = 0;

  explicit Made(const plan::Knob& knob) : widget(gui::KnobWidget::make(knob, nullptr)) {
    QObject::connect(widget.get(), &gui::KnobWidget::moved, &parent,
                     [this](const QString&, const plan::Value& value, bool) {
                       last = value;
                       ++moves;
                     });
  }
  QSlider& slider() const {
    auto* found = widget->findChild<QSlider*>();
    REQUIRE(found);
    return *found;
  }
  double number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&last)) return static_cast<double>(*whole);
    REQUIRE(std::holds_alternative<double>(last));
    return std::get<double>(last);
  }
};

}  // namespace

TEST_CASE("knob: a slider's ends are the knob's ends") {
  Made made(sliderKnob(0.1, 0.9, 0.5));
  made.slider().setValue(made.slider().maximum());
  CHECK(made.number() == Approx(0.9));
  made.slider().setValue(made.slider().minimum());
  CHECK(made.number() == Approx(0.1));
}

TEST_CASE("knob: on a log scale the middle is the geometric mean") {
  Made made(sliderKnob(0.01, 1, 0.02, true));
  auto& slider = made.slider();
  slider.setValue((slider.minimum() + slider.maximum()) / 2);
  CHECK(made.number() == Approx(0.1).epsilon(0.02));
}

TEST_CASE("knob: a knob of whole numbers moves in whole numbers") {
  Made made(sliderKnob(1, 7, 3, false, true));
  auto& slider = made.slider();
  for (int at = slider.minimum(); at <= slider.maximum(); ++at) {
    slider.setValue(at);
    if (made.moves) CHECK(made.number() == std::floor(made.number()));
  }
  CHECK(made.number() == 7);
}

TEST_CASE("knob: arrow keys move a slider, and a set value tells nobody") {
  Made made(sliderKnob(0, 1, 0.5));
  made.widget->show();
  made.widget->setValue(0.25);
  CHECK(made.moves == 0);
  QTest::keyClick(&made.slider(), Qt::Key_Right);
  REQUIRE(made.moves == 1);
  CHECK(made.number() > 0.25);
  CHECK(made.number() < 0.4);
}

TEST_CASE("knob: a choice says its word, a toggle its state") {
  plan::Knob choice;
  choice.kind = plan::Knob::Kind::choice;
  choice.name = "calibration";
  choice.choices = {"none", "platt", "isotonic"};
  choice.value = choice.initial = std::string("none");
  Made made(choice);
  const auto buttons = made.widget->findChildren<QAbstractButton*>();
  REQUIRE(buttons.size() == 3);
  buttons[2]->click();
  CHECK(std::get<std::string>(made.last) == "isotonic");

  plan::Knob toggle;
  toggle.kind = plan::Knob::Kind::toggle;
  toggle.name = "smoothed";
  toggle.value = toggle.initial = false;
  Made switched(toggle);
  switched.widget->findChild<QAbstractButton*>()->click();
  CHECK(std::get<bool>(switched.last));
}

TEST_CASE("knob: a choice is made by checking its segment, as a screen reader does") {
  plan::Knob knob;
  knob.name = "calibration";
  knob.kind = plan::Knob::Kind::choice;
  knob.choices = {"none", "platt"};
  knob.value = knob.initial = std::string("none");
  Made made(knob);
  const auto segments = made.widget->findChildren<QAbstractButton*>("segment");
  REQUIRE(segments.size() == 2);
  segments[1]->setChecked(true);
  CHECK(made.moves == 1);
  CHECK(std::get<std::string>(made.last) == "platt");
  made.widget->setValue(std::string("none"));  // nobody moved it
  CHECK(made.moves == 1);
}
