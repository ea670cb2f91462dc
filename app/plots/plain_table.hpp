// SPDX-License-Identifier: GPL-3.0-or-later
//
// How every table of the window looks: made to be read, not edited.
#pragma once

class QTableView;

namespace rehearse::plots {

// Rows of `rowHeight` pixels without grid, numbers or editing, whole rows
// selected, headers over the start of their columns; Tab leaves it.
void makePlain(QTableView& table, int rowHeight);

// Columns as wide as what stands in them. Of the first rows only the cells with most letters are
// measured: QTableView measures each cell, which for a table of sentences takes a tenth of a
// second.
void fitColumns(QTableView& table);

}  // namespace rehearse::plots
