// SPDX-License-Identifier: GPL-3.0-or-later
//
// Camera: a window on the real product and a home of its own, and pictures of its states. The cases
// that use it ([.shots]) are no tests of their own accord: tests/e2e/shots.sh runs them with
// REHEARSE_SHOTS set to a folder, which gets LOOK/STATE.png.
#pragma once

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QHash>
#include <QTest>
#include <algorithm>
#include <memory>
#include <utility>

#include "app/gui/main_window.hpp"
#include "app/plots/theme.hpp"
#include "tests/app/qt_home.hpp"

namespace rehearse::test {

struct Look {
  QString theme;
  QSize size;
  // "dark-1024x640"; "light-1024x640-2x" where a point is two pixels wide.
  QString name() const {
    const QString scale = qEnvironmentVariable("QT_SCALE_FACTOR");
    return QString("%1-%2x%3").arg(theme).arg(size.width()).arg(size.height()) +
           (scale.isEmpty() ? QString() : "-" + scale + "x");
  }
};

inline std::vector<Look> looks() {
  const bool scaled = qEnvironmentVariableIsSet("QT_SCALE_FACTOR");
  return {{"light", scaled ? QSize(1024, 640) : QSize(1440, 900)}, {"dark", {1024, 640}}};
}

class Camera {
 public:
  using Before = void (*)(present::AppContext&);

  // `before` fills the home that the window then opens.
  explicit Camera(Look look, Before before = nullptr) : m_look(std::move(look)) {
    REQUIRE(!qEnvironmentVariableIsEmpty("REHEARSE_SHOTS"));
    m_folder = qEnvironmentVariable("REHEARSE_SHOTS") + "/" + m_look.name();
    REQUIRE(QDir().mkpath(m_folder));
    qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
    REQUIRE(m_home.isValid());
    m_context = opened();
    if (before) {
      before(*m_context);
      m_context = opened();
    }
    QApplication::setFont(plots::textFont(plots::kTextPx));
    m_window = std::make_unique<gui::MainWindow>(*m_context);
    m_window->setThemeByName(m_look.theme);
    m_window->resize(m_look.size);
    m_window->show();
    m_window->activateWindow();
    REQUIRE(QTest::qWaitForWindowExposed(m_window.get()));
  }

  void shoot(const QString& state) {
    REQUIRE(settled(*m_context));
    shoot(*m_window, state);
  }
  // Once what is laid out in several rounds looks the same twice.
  void shoot(QWidget& widget, const QString& state) {
    QImage before, now;
    REQUIRE(waitFor([&] {
      before = std::exchange(now, widget.grab().toImage());
      return now == before;
    }));
    save(now, state);
  }
  // As it is at this moment, while something runs.
  void snap(const QString& state) { save(m_window->grab().toImage(), state); }

  const Look& look() const { return m_look; }
  gui::MainWindow& window() { return *m_window; }
  present::AppContext& context() { return *m_context; }
  void open(const QString& page) {
    REQUIRE(m_window->openPage(page));
    REQUIRE(settled(*m_context));
  }
  // Until those at the top of the gallery are drawn.
  void awaitThumbnails() {
    constexpr qsizetype kInSight = 16;  // in two themes each
    const QDir drawn(QString::fromStdString(m_context->home().cache) + "/thumbnails");
    REQUIRE(waitFor([&drawn] { return drawn.entryList({"*.png"}).size() >= kInSight; }, 120000));
  }
  template <class Widget>
  Widget& part() {
    auto* found = m_window->findChild<Widget*>();
    REQUIRE(found);
    return *found;
  }
  void trigger(const char* action) {
    auto* found = m_window->findChild<QAction*>(action);
    REQUIRE(found);
    REQUIRE(waitFor([found] { return found->isEnabled(); }));
    found->trigger();
  }
  void press(const QString& text) {
    for (auto* button : m_window->findChildren<QAbstractButton*>())
      if (button->text() == text && button->isVisible()) return button->click();
    FAIL("no button says " << text.toStdString());
  }

 private:
  std::unique_ptr<present::AppContext> opened() {
    m_context.reset();
    auto context = present::AppContext::open(m_home.path().toStdString());
    if (!context) FAIL(context.error().message);
    return std::move(*context);
  }
  static int distance(QRgb a, QRgb b) {
    return std::abs(qRed(a) - qRed(b)) + std::abs(qGreen(a) - qGreen(b)) +
           std::abs(qBlue(a) - qBlue(b));
  }
  // In 256 colours, each other one as its nearest: a third of the bytes. First the most frequent
  // of those that nothing taken is near to, so that a rare one is not lost.
  static QImage reduced(const QImage& image) {
    QHash<QRgb, int> count;
    const QImage plain = image.convertToFormat(QImage::Format_RGB32);
    for (int y = 0; y < plain.height(); ++y)
      for (int x = 0; x < plain.width(); ++x) ++count[plain.pixel(x, y)];
    QList<QRgb> colours = count.keys();
    std::sort(colours.begin(), colours.end(), [&count](QRgb a, QRgb b) {
      return std::pair(-count[a], a) < std::pair(-count[b], b);
    });
    constexpr int kColours = 256;
    QList<QRgb> taken;
    for (const int apart : {48, 24, 12, 1})
      for (const QRgb colour : colours) {
        if (taken.size() == kColours) break;
        if (std::none_of(taken.begin(), taken.end(),
                         [&](QRgb one) { return distance(one, colour) < apart; }))
          taken.append(colour);
      }
    return plain.convertToFormat(QImage::Format_Indexed8, taken);
  }
  void save(const QImage& image, const QString& state) {
    constexpr int kSmallest = 0;  // a PNG's quality is how little it is compressed
    CHECK(reduced(image).save(m_folder + "/" + state + ".png", "PNG", kSmallest));
  }

  Look m_look;
  QTemporaryDir m_home;
  QString m_folder;
  std::unique_ptr<present::AppContext> m_context;
  std::unique_ptr<gui::MainWindow> m_window;
};

}  // namespace rehearse::test
