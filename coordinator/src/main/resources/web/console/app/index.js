import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/grid.css';
import './styles/query.css';
import './styles/plan.css';
import './styles/charts.css';
import './styles/views.css';
import './console-shell.js';

document.getElementById('console').append(document.createElement('console-shell'));
