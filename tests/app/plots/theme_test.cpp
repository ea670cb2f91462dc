// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plots/theme.hpp"

#include <catch2/catch.hpp>

using namespace rehearse::plots;

namespace {

struct Pair {
  const char* what;
  QColor text, ground;
};

std::vector<Pair> textPairs(const Theme& t) {
  std::vector<Pair> pairs;
  for (const auto& [name, ground] :
       {std::pair{"bg", t.bg}, std::pair{"surface", t.surface}, std::pair{"sunken", t.sunken}})
    for (const auto& [token, text] :
         {std::pair{"ink", t.ink}, std::pair{"muted", t.muted}, std::pair{"accent", t.accent},
          std::pair{"ok", t.ok}, std::pair{"bad", t.bad}, std::pair{"warn", t.warn}}) {
      (void)name;
      pairs.push_back({token, text, ground});
    }
  for (const QColor& text : {t.codeKeyword, t.codeString, t.codeComment, t.codeNumber})
    pairs.push_back({"code", text, t.surface});
  pairs.push_back({"ok on okSoft", t.ok, t.okSoft});
  pairs.push_back({"bad on badSoft", t.bad, t.badSoft});
  for (const QColor& soft : {t.okSoft, t.badSoft}) {
    pairs.push_back({"ink on a verdict", t.ink, soft});
    pairs.push_back({"muted on a verdict", t.muted, soft});
  }
  pairs.push_back({"the primary button", t.onAccent, t.accent});
  return pairs;
}

}  // namespace

TEST_CASE("theme: every text token has a contrast of 4.5 to 1 on every ground it stands on") {
  for (const Theme* theme : {&lightTheme(), &darkTheme()}) {
    for (const Pair& pair : textPairs(*theme)) {
      INFO((theme->dark ? "dark, " : "light, ")
           << pair.what << ": " << pair.text.name().toStdString() << " on "
           << pair.ground.name().toStdString());
      CHECK(contrastRatio(pair.text, pair.ground) >= 4.5);
    }
  }
}

TEST_CASE(
    "theme: lines of a series have a contrast of 3 to 1 on a figure in the dark theme, and light "
    "ones carry markers") {
  for (const QColor& colour : darkTheme().series)
    CHECK(contrastRatio(colour, darkTheme().surface) >= 3.0);
  // #CC79A7 and #009E73 of the colour-blind-safe palette are lighter; shapes and dashes tell them
  // apart.
  for (const QColor& colour : lightTheme().series)
    CHECK(contrastRatio(colour, lightTheme().surface) >= 2.5);
}

TEST_CASE("theme: contrast meets the published corner values") {
  CHECK(contrastRatio(Qt::black, Qt::white) == Approx(21.0));
  CHECK(contrastRatio(Qt::white, Qt::white) == Approx(1.0));
  CHECK(contrastRatio(QColor("#767676"), Qt::white) == Approx(4.54).margin(0.005));
}

TEST_CASE("theme: an unknown name is light") {
  CHECK_FALSE(themeNamed("solarized").dark);
  CHECK(themeNamed("dark").dark);
}
