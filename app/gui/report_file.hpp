// SPDX-License-Identifier: GPL-3.0-or-later
//
// "Save the report…": asks for a file (HTML or PDF) and has the report written to it while the
// window goes on.
#pragma once

#include <QString>
#include <functional>

#include "engine/base/document.hpp"

class QWidget;

namespace rehearse::present {
class AppContext;
}

namespace rehearse::gui {

// `name`: the file's, as it is offered, without its ending. A name that is typed without one takes
// that of the kind that was chosen. `say` hears in words what is done and that it is done, or
// nothing where `failed` hears why not. Both are asked for while `bar` lives only, in whose name
// the window is busy.
void saveReport(present::AppContext& context, QWidget* bar, const Document& document,
                const QString& name, const std::function<void(const QString&)>& say,
                const std::function<void(const QString&)>& failed);

}  // namespace rehearse::gui
