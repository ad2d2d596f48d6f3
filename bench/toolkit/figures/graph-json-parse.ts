import { graphJsonFigure } from '../graph-json.ts';

const figure = graphJsonFigure('parse');

export default figure;
