// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/knob_widget.hpp"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <cmath>

#include "app/gui/page.hpp"

namespace rehearse::gui {
namespace {

constexpr int kTicks = 1000;
// More options, or longer words, than a narrow column holds side by side become a list.
constexpr std::size_t kMostSegments = 4, kMostLetters = 24;

double asDouble(const plan::Value& value) {
  if (const auto* d = std::get_if<double>(&value)) return *d;
  if (const auto* i = std::get_if<std::int64_t>(&value)) return static_cast<double>(*i);
  return 0;
}

QLabel* nameLabel(const plan::Knob& knob, QWidget* parent) {
  const QString name = QString::fromStdString(knob.name);
  const bool held = knob.apply && knob.kind == plan::Knob::Kind::slider;
  auto* label = new QLabel(held ? QObject::tr("%1 (on release)").arg(name) : name, parent);
  label->setFont(plots::textFont(plots::kControlPx));
  label->setWordWrap(true);
  return label;
}

class SliderKnob : public KnobWidget {
 public:
  SliderKnob(const plan::Knob& knob, QWidget* parent)
      : KnobWidget(parent),
        m_knob(knob),
        m_slider(new QSlider(Qt::Horizontal, this)),
        m_value(new QLabel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 4);
    column->setSpacing(2);
    auto* top = new QHBoxLayout;
    top->addWidget(nameLabel(knob, this), 1);
    m_value->setObjectName("mono");
    top->addWidget(m_value);
    column->addLayout(top);
    column->addWidget(m_slider);
    scrollPast(*m_slider);
    m_slider->setRange(0, ticks());
    m_slider->setSingleStep(std::max(1, ticks() / 100));
    m_slider->setPageStep(std::max(1, ticks() / 10));
    m_slider->setAccessibleName(QString::fromStdString(knob.name));
    m_slider->setToolTip(tr("%1 to %2%3")
                             .arg(knobText(knob, knob.low), knobText(knob, knob.high),
                                  knob.apply ? tr(", runs on release") : QString()));
    setValue(knob.value);
    connect(m_slider, &QSlider::valueChanged, this, [this](int tick) {
      show(valueAt(tick));
      emit moved(QString::fromStdString(m_knob.name), shaped(valueAt(tick)),
                 !m_slider->isSliderDown());
    });
    connect(m_slider, &QSlider::sliderReleased, this, [this] {
      emit moved(QString::fromStdString(m_knob.name), shaped(valueAt(m_slider->value())), true);
    });
  }

  void setValue(const plan::Value& value) override {
    const QSignalBlocker blocker(m_slider);
    const double v = asDouble(value);
    m_slider->setValue(m_slider->isSliderDown() ? m_slider->value() : tickOf(v));
    show(v);
  }

 private:
  bool stepped() const { return (m_knob.integer || m_knob.step > 0) && !m_knob.log_scale; }
  double step() const { return m_knob.step > 0 ? m_knob.step : 1; }
  int ticks() const {
    return stepped() ? static_cast<int>(std::lround((m_knob.high - m_knob.low) / step())) : kTicks;
  }

  double valueAt(int tick) const {
    if (stepped()) return std::min(m_knob.high, m_knob.low + tick * step());
    const double f = static_cast<double>(tick) / kTicks;
    double value = m_knob.log_scale ? m_knob.low * std::pow(m_knob.high / m_knob.low, f)
                                    : m_knob.low + f * (m_knob.high - m_knob.low);
    if (tick == 0) return m_knob.low;
    if (tick == kTicks) return m_knob.high;
    if (m_knob.integer || m_knob.step >= 1) return std::round(value);
    // Three significant digits: a value that a person can say.
    const double scale = std::pow(10, 2 - std::floor(std::log10(std::abs(value))));
    value = value == 0 ? 0 : std::round(value * scale) / scale;
    return std::clamp(value, m_knob.low, m_knob.high);
  }

  int tickOf(double value) const {
    if (stepped()) return static_cast<int>(std::lround((value - m_knob.low) / step()));
    const double f = m_knob.log_scale
                         ? std::log(value / m_knob.low) / std::log(m_knob.high / m_knob.low)
                         : (value - m_knob.low) / (m_knob.high - m_knob.low);
    return static_cast<int>(std::lround(f * kTicks));
  }

  plan::Value shaped(double value) const {
    if (std::holds_alternative<std::int64_t>(m_knob.initial))
      return static_cast<std::int64_t>(std::llround(value));
    return value;
  }

  void show(double value) {
    m_value->setText(knobText(m_knob, value));
    m_slider->setAccessibleDescription(m_value->text());
  }

  plan::Knob m_knob;
  QSlider* m_slider;
  QLabel* m_value;
};

class ChoiceKnob : public KnobWidget {
 public:
  ChoiceKnob(const plan::Knob& knob, QWidget* parent)
      : KnobWidget(parent), m_knob(knob), m_group(new QButtonGroup(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 4);
    column->setSpacing(4);
    column->addWidget(nameLabel(knob, this));
    std::size_t letters = 0;
    for (const std::string& choice : knob.choices) letters += choice.size();
    if (knob.choices.size() <= kMostSegments && letters <= kMostLetters)
      column->addLayout(segments());
    else
      column->addWidget(list());
    setValue(knob.value);
  }

  void setValue(const plan::Value& value) override {
    const auto* text = std::get_if<std::string>(&value);
    for (std::size_t i = 0; text && i < m_knob.choices.size(); ++i) {
      if (m_knob.choices[i] != *text) continue;
      if (m_list) {
        const QSignalBlocker blocker(m_list);
        m_list->setCurrentIndex(static_cast<int>(i));
      } else {
        const QSignalBlocker blocker(m_group);
        m_group->button(static_cast<int>(i))->setChecked(true);
      }
    }
  }

 private:
  QLayout* segments() {
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    for (std::size_t i = 0; i < m_knob.choices.size(); ++i) {
      auto* button = new QPushButton(QString::fromStdString(m_knob.choices[i]), this);
      button->setObjectName("segment");
      button->setCheckable(true);
      button->setAccessibleName(
          tr("%1: %2").arg(QString::fromStdString(m_knob.name), button->text()));
      m_group->addButton(button, static_cast<int>(i));
      row->addWidget(button);
    }
    row->addStretch(1);
    // A screen reader checks a button without a click.
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool on) {
      if (on) fire(index);
    });
    return row;
  }

  QWidget* list() {
    m_list = new QComboBox(this);
    scrollPast(*m_list);
    for (const std::string& choice : m_knob.choices)
      m_list->addItem(QString::fromStdString(choice));
    m_list->setAccessibleName(QString::fromStdString(m_knob.name));
    connect(m_list, &QComboBox::activated, this, &ChoiceKnob::fire);
    return m_list;
  }

  void fire(int index) {
    emit moved(QString::fromStdString(m_knob.name), m_knob.choices[static_cast<std::size_t>(index)],
               true);
  }

  plan::Knob m_knob;
  QButtonGroup* m_group;
  QComboBox* m_list = nullptr;
};

class ToggleKnob : public KnobWidget {
 public:
  ToggleKnob(const plan::Knob& knob, QWidget* parent)
      : KnobWidget(parent), m_box(new QCheckBox(QString::fromStdString(knob.name), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 4);
    column->addWidget(m_box);
    setValue(knob.value);
    connect(m_box, &QCheckBox::toggled, this,
            [this](bool on) { emit moved(m_box->text(), on, true); });
  }

  void setValue(const plan::Value& value) override {
    const QSignalBlocker blocker(m_box);
    const auto* on = std::get_if<bool>(&value);
    m_box->setChecked(on && *on);
  }

 private:
  QCheckBox* m_box;
};

}  // namespace

KnobWidget* KnobWidget::make(const plan::Knob& knob, QWidget* parent) {
  switch (knob.kind) {
    case plan::Knob::Kind::slider: return new SliderKnob(knob, parent);
    case plan::Knob::Kind::choice: return new ChoiceKnob(knob, parent);
    case plan::Knob::Kind::toggle: return new ToggleKnob(knob, parent);
  }
  return nullptr;
}

}  // namespace rehearse::gui
